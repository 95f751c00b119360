package io.continuo.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.ClientLog;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.log.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of a flawless run of two people, and what is found when one thing in them is spoilt. */
class CheckerTest {
    private static final int MESSAGES = 6;

    @TempDir
    private Path folder;

    @BeforeEach
    void flawless() {
        Course.Writer course = new Course.Writer(folder);
        course.conversation("garden", List.of("ines", "omar"));
        write("ines", true);
        write("omar", false);
    }

    /** One connection, a cut after the third message, and another. */
    private void write(String user, boolean speaks) {
        try (ClientLog log = new ClientLog(folder, user, 1)) {
            log.add(new Line.Opened("0-0", "gateway1"));
            log.add(new Line.Resumed(0, "complete", "0-0", "0-0"));
            int counter = 1;
            for (int i = 1; i <= MESSAGES; i++) {
                if (i == 4) {
                    log.add(new Line.Closed(1006, "the connection ended"));
                    log.add(new Line.Opened("106-6", "gateway2"));
                    counter = 0;
                }
                if (speaks) {
                    log.add(new Line.Sent("garden", "m" + i, 1));
                    log.add(new Line.Acknowledged("garden", "m" + i));
                }
                log.add(new Line.MessageCreated(counter++, position(2 * i - 1), "garden", "m" + i));
                log.add(new Line.ConversationUpdated(
                        counter++, position(2 * i), "garden", "m" + i, speaks ? "0" : Integer.toString(i)));
            }
            log.add(new Line.Tail(position(2 * MESSAGES)));
            log.add(new Line.Rest("garden", speaks ? 0 : MESSAGES, "m" + MESSAGES, messages()));
        }
    }

    private static String position(int sequence) {
        return 100 + sequence + "-" + sequence;
    }

    private static List<String> messages() {
        return IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "m" + i).toList();
    }

    @Test
    void findsNothingWhereNothingIsWrong() throws IOException {
        assertThat(Checker.check(folder).findings()).isEmpty();
        Figures figures = Checker.check(folder).figures();
        assertThat(figures.acknowledged()).isEqualTo(MESSAGES);
        assertThat(figures.deliveries()).isEqualTo(2 * MESSAGES);
        assertThat(figures.resumed()).isEqualTo(2);
    }

    @Test
    void findsAMessageThatSomebodyNeverGot() throws IOException {
        spoil("omar", lines -> lines.remove(find(lines, "\tmessage\t.*\tm5$")));

        assertThat(found()).contains(Kind.LOST, Kind.MISCOUNTED, Kind.STATE);
        assertThat(Checker.check(folder).findings())
                .anyMatch(finding ->
                        finding.who().equals("omar-1.log") && finding.what().contains("m5"));
    }

    /** Counters and positions tell of a loss even of what nobody else knows. */
    @Test
    void findsAnyPacketThatIsMissing() throws IOException {
        spoil("omar", lines -> lines.remove(find(lines, "\tconversation\t.*\tm5\t")));

        assertThat(found()).containsOnly(Kind.LOST, Kind.MISCOUNTED);
    }

    @Test
    void findsThatTheLastPacketIsMissing() throws IOException {
        spoil("omar", lines -> lines.remove(find(lines, "\tconversation\t.*\tm6\t")));

        assertThat(found()).containsOnly(Kind.LOST, Kind.STATE);
    }

    @Test
    void findsAMessageThatCameTwice() throws IOException {
        spoil(
                "omar",
                lines -> lines.add(find(lines, "\tmessage\t.*\tm5$"), lines.get(find(lines, "\tmessage\t.*\tm5$"))));

        assertThat(found()).containsOnly(Kind.DOUBLED, Kind.MISCOUNTED);
    }

    /** As when a fan-out is done once more and the history does not notice: all counts are right, only the id tells. */
    @Test
    void findsAMessageThatHasTwoPlaces() throws IOException {
        spoil("omar", lines -> lines.replaceAll(line -> line.replaceAll("\tm6$", "\tm5")));

        assertThat(found()).contains(Kind.DOUBLED, Kind.LOST);
    }

    @Test
    void findsPacketsInTheWrongOrder() throws IOException {
        spoil(
                "omar",
                lines -> Collections.swap(lines, find(lines, "\tmessage\t.*\tm5$"), find(lines, "\tmessage\t.*\tm6$")));

        assertThat(found()).contains(Kind.DISORDERED, Kind.MISCOUNTED);
    }

    /** Everything is in order for each of them, but not the same order. */
    @Test
    void findsThatTwoSawAnotherOrder() throws IOException {
        spoil(
                "omar",
                lines -> lines.replaceAll(line -> line.contains("\tmessage\t")
                        ? line.replaceAll("\tm5$", "\tx")
                                .replaceAll("\tm6$", "\tm5")
                                .replaceAll("\tx$", "\tm6")
                        : line));

        assertThat(found()).containsOnly(Kind.DISORDERED);
    }

    @Test
    void findsAVerdictWithoutReason() throws IOException {
        spoil("omar", lines -> lines.replaceAll(line -> line.replace("\tcomplete\t", "\tpartial\t")));

        assertThat(found()).containsOnly(Kind.VERDICT);
    }

    @Test
    void findsAnEndThatIsNotWhatRestSays() throws IOException {
        spoil("omar", lines -> lines.replaceAll(line -> line.replaceAll("\trest\tgarden\t6", "\trest\tgarden\t5")));

        assertThat(found()).containsOnly(Kind.STATE);
    }

    @Test
    void findsWhatWasNeverAnswered() throws IOException {
        spoil("ines", lines -> lines.remove(find(lines, "\tacknowledged\t.*\tm6$")));

        assertThat(found()).containsOnly(Kind.STATE);
    }

    @Test
    void findsThatTheServerForgotWhatItPromised() throws IOException {
        forget("m6");

        assertThat(found()).contains(Kind.LOST);
    }

    /** Redis lost a message. That may be, but whoever knew of it must be told. */
    @Test
    void acceptsALossOnlyIfItIsAnnounced() throws IOException {
        new Course.Writer(folder).rollback();
        forget("m6");
        assertThat(found()).contains(Kind.VERDICT).doesNotContain(Kind.LOST);

        for (String user : List.of("ines", "omar")) {
            spoil(user, lines -> {
                int end = find(lines, "\ttail\t");
                String ms = lines.get(end).split("\t")[0];
                lines.add(end, ms + "\topened\t112-12\tgateway1");
                lines.add(end + 1, ms + "\tresumed\t0\tlost\t112-12\t110-10");
                lines.add(end + 2, ms + "\trestarted\t110-10");
                lines.replaceAll(line -> line.replaceAll("\ttail\t.*", "\ttail\t110-10"));
            });
        }
        assertThat(found()).isEmpty();
    }

    /** Omar follows Zoe, whose gateway died. */
    @Test
    void findsGhosts() throws IOException {
        long died = System.currentTimeMillis();
        new Course.Writer(folder).ghost(new Course.Ghost("zoe", died, 10_000, List.of("omar")));
        assertThat(found()).containsOnly(Kind.GHOST);

        hears(died - 1, "zoe\toffline");
        assertThat(found()).as("of an absence before").containsOnly(Kind.GHOST);
        hears(died + 2_000, "ines\toffline");
        assertThat(found()).as("of somebody else").containsOnly(Kind.GHOST);
        hears(died + 2_000, "zoe\taway");
        assertThat(found()).as("of something else").containsOnly(Kind.GHOST);
        hears(died + 10_001, "zoe\toffline");
        assertThat(found()).as("too late").containsOnly(Kind.GHOST);
        hears(died + 10_000, "zoe\toffline");
        assertThat(found()).isEmpty();
        assertThat(Checker.check(folder).figures().slowestGhostMs()).isEqualTo(10_000);
    }

    /** Each of a follower's sockets is to be told. */
    @Test
    void findsAGhostThatHauntsOneOfTwoSockets() throws IOException {
        long died = System.currentTimeMillis();
        new Course.Writer(folder).ghost(new Course.Ghost("zoe", died, 10_000, List.of("omar")));
        hears(died + 2_000, "zoe\toffline");
        Files.copy(folder.resolve("omar-1.log"), folder.resolve("omar-2.log"));
        assertThat(found()).isEmpty();

        Path second = folder.resolve("omar-2.log");
        Files.writeString(second, Files.readString(second).replace("zoe\toffline", "zoe\taway"));
        assertThat(Checker.check(folder).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.who()).isEqualTo("omar-2.log"));
    }

    /** The newest presence packet of Omar's tells this instead. */
    private void hears(long ms, String what) throws IOException {
        spoil("omar", lines -> {
            lines.removeIf(line -> line.contains("\tpresence\t"));
            lines.add(find(lines, "\ttail\t"), ms + "\tpresence\t6\t" + what);
        });
    }

    @Test
    void findsAGatewayThatLetsInTooMany() throws IOException {
        Course.Writer course = new Course.Writer(folder);
        course.admissions(5);
        door(course, "gateway1@1", 0, 1, 100);
        door(course, "gateway1@1", 1_000, 1_001, 106);
        door(course, "gateway1@1", 3_000, 3_001, 116);
        door(course, "gateway1@2", 3_001, 3_002, 0);
        assertThat(found()).isEmpty();
        assertThat(Checker.check(folder).figures().mostLetIn()).isBetween(5.32, 5.34);

        door(course, "gateway2@1", 3_100, 9_000, 107);
        door(course, "gateway2@1", 9_000, 9_001, 137);
        assertThat(found()).as("what it said late may have been true early").isEmpty();

        door(course, "gateway1@1", 3_100, 3_101, 118);
        assertThat(found()).containsOnly(Kind.UNMET);
    }

    private static void door(Course.Writer course, String gateway, long fromMs, long toMs, long admitted) {
        course.door(new Course.Door(gateway, fromMs * 1_000, toMs * 1_000, admitted));
    }

    @Test
    void tellsWhatDidNotComeTrue() throws IOException {
        new Course.Writer(folder).unmet("the ledger does not balance");

        assertThat(found()).containsOnly(Kind.UNMET);
    }

    @Test
    void expectsNothingOfWhoHasLeft() throws IOException {
        spoil("omar", lines -> {
            lines.subList(8, lines.size()).clear();
            lines.add(System.currentTimeMillis() + "\tleft");
        });

        assertThat(found()).isEmpty();
    }

    private List<Kind> found() throws IOException {
        return Checker.check(folder).findings().stream().map(Finding::kind).toList();
    }

    private void forget(String message) throws IOException {
        for (String user : List.of("ines", "omar")) {
            spoil(
                    user,
                    lines -> lines.replaceAll(line -> line.contains("\trest\t")
                            ? line.replace("," + message, "").replace("\t" + message + "\t", "\tm5\t")
                            : line));
        }
    }

    private void spoil(String user, Consumer<List<String>> change) throws IOException {
        Path file = folder.resolve(user + "-1.log");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        change.accept(lines);
        Files.write(file, lines);
    }

    private static int find(List<String> lines, String pattern) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).matches(".*" + pattern + ".*"))
                .findFirst()
                .orElseThrow();
    }
}
