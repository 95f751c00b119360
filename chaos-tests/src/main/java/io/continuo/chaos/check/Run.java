package io.continuo.chaos.check;

import io.continuo.chaos.log.ClientLog;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.log.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of logs. */
record Run(Course course, List<Journal> journals) {

    /** @throws IllegalArgumentException when something in it makes no sense */
    static Run read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(ClientLog.ENDING))
                    .sorted()
                    .toList();
        }
        List<Journal> journals = new ArrayList<>();
        for (Path file : files) {
            journals.add(Journal.read(file));
        }
        return new Run(Course.read(folder), journals);
    }

    /** The clients that stayed, of those who take part in a conversation. */
    List<Journal> of(String conversation) {
        List<String> users = course.conversations().getOrDefault(conversation, List.of());
        return journals.stream()
                .filter(journal -> !journal.left() && users.contains(journal.user()))
                .toList();
    }

    /** What REST says of a conversation, to whoever was asked first. */
    Optional<Line.Rest> rest(String conversation) {
        return journals.stream()
                .flatMap(journal -> Optional.ofNullable(journal.rest().get(conversation)).stream())
                .findFirst();
    }

    /** Whether REST has been asked for a conversation and does not have this message. */
    boolean isGone(String conversation, String message) {
        return rest(conversation)
                .filter(rest -> !rest.messages().contains(message))
                .isPresent();
    }
}
