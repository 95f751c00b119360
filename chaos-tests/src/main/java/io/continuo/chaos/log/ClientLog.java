package io.continuo.chaos.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file that one client appends to, {@code <user>-<socket>.log}. May be used by one thread at a time. */
public final class ClientLog implements AutoCloseable {
    /** The end of the names of all clients' logs. */
    public static final String ENDING = ".log";

    private final BufferedWriter writer;

    public ClientLog(Path folder, String user, int socket) {
        try {
            writer = Files.newBufferedWriter(folder.resolve(user + "-" + socket + ENDING));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Appends what happened just now. */
    public void add(Line line) {
        try {
            writer.write(LineText.of(System.currentTimeMillis(), line));
            writer.newLine();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Whose log this is. */
    public static String user(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('-'));
    }

    /** @throws IllegalArgumentException when a line makes no sense */
    public static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            entries.add(LineText.parse(line));
        }
        return entries;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
