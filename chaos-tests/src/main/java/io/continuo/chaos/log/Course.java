package io.continuo.chaos.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What the one who breaks things knows, in {@code course.txt} beside the clients' logs: who takes part where, what was
 * done when, and what may therefore be expected.
 *
 * @param conversations id → those who take part
 * @param rollback whether Redis may have lost what it had acknowledged
 * @param faults what was done, for people
 * @param unmet what was expected at the time, and did not come true
 * @param admissions how many clients that resume a gateway may let in each second; 0 when that is not known
 * @param doors how many the gateways have let in, as they said themselves
 * @param pressure for how much of the time, in percent, something waited for a processor
 */
public record Course(
        TreeMap<String, List<String>> conversations,
        boolean rollback,
        List<Ghost> ghosts,
        List<String> faults,
        List<String> unmet,
        int admissions,
        List<Door> doors,
        long pressure) {
    private static final String FILE = "course.txt";

    /**
     * Somebody whose gateway died.
     *
     * @param ms when, milliseconds since the epoch
     * @param withinMs how soon the followers must have been told
     * @param followers those who were connected elsewhere
     */
    public record Ghost(String user, long ms, long withinMs, List<String> followers) {}

    /**
     * What a gateway said of itself. Times are of a clock that never goes back and has no epoch, in microseconds.
     *
     * @param gateway its name, and what tells this run of it from others
     * @param fromMicros not later than when it said so
     * @param toMicros not earlier than when it said so
     * @param admitted how many it has let in since its start
     */
    public record Door(String gateway, long fromMicros, long toMicros, long admitted) {}

    /** Appends to a folder's file. Safe for use by several threads. */
    public record Writer(Path folder) {
        public void conversation(String id, List<String> users) {
            append("conversation", id, String.join(",", users));
        }

        /** From now on Redis may come back with less than it had. */
        public void rollback() {
            append("rollback");
        }

        /** How many clients each gateway may let in each second. */
        public void admissions(int perSecond) {
            append("admissions", perSecond);
        }

        public void ghost(Ghost ghost) {
            append("ghost", ghost.user(), ghost.ms(), ghost.withinMs(), String.join(",", ghost.followers()));
        }

        /** For how much of the time, in percent, something waited for a processor. */
        public void pressure(long percent) {
            append("pressure", percent);
        }

        public void door(Door door) {
            append("door", door.gateway(), door.fromMicros(), door.toMicros(), door.admitted());
        }

        /** Something that should have come true did not. */
        public void unmet(String what) {
            append("unmet", what);
        }

        public void fault(String what) {
            append("fault", System.currentTimeMillis() + " " + what);
        }

        private synchronized void append(Object... fields) {
            try {
                Files.writeString(
                        folder.resolve(FILE),
                        String.join(
                                        "\t",
                                        Arrays.stream(fields)
                                                .map(Object::toString)
                                                .toList()) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    /** @throws IllegalArgumentException when the file makes no sense */
    public static Course read(Path folder) throws IOException {
        TreeMap<String, List<String>> conversations = new TreeMap<>();
        List<Ghost> ghosts = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<String> unmet = new ArrayList<>();
        List<Door> doors = new ArrayList<>();
        boolean rollback = false;
        int admissions = 0;
        long pressure = 0;
        for (String line : Files.readAllLines(folder.resolve(FILE))) {
            String[] field = line.split("\t");
            switch (field[0]) {
                case "conversation" -> conversations.put(field[1], users(field[2]));
                case "rollback" -> rollback = true;
                case "ghost" ->
                    ghosts.add(
                            new Ghost(field[1], Long.parseLong(field[2]), Long.parseLong(field[3]), users(field[4])));
                case "fault" -> faults.add(field[1]);
                case "admissions" -> admissions = Integer.parseInt(field[1]);
                case "door" ->
                    doors.add(new Door(
                            field[1], Long.parseLong(field[2]), Long.parseLong(field[3]), Long.parseLong(field[4])));
                case "pressure" -> pressure = Long.parseLong(field[1]);
                case "unmet" -> unmet.add(field[1]);
                default -> throw new IllegalArgumentException("No word of a course: " + line);
            }
        }
        return new Course(conversations, rollback, ghosts, faults, unmet, admissions, doors, pressure);
    }

    private static List<String> users(String list) {
        return Arrays.asList(list.split(","));
    }
}
