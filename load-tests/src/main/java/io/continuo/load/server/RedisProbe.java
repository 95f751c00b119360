package io.continuo.load.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks Redis about itself, over connections of its own. Blocking.
 *
 * @param password empty when there is none
 */
public record RedisProbe(int port, String password) {

    /** The Redis that was started with this {@code redis.conf}. */
    static RedisProbe of(Path config) throws IOException {
        String text = Files.readString(config);
        return new RedisProbe(Integer.parseInt(setting(text, "port")), setting(text, "requirepass"));
    }

    private static String setting(String config, String name) {
        return config.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Bytes of Redis memory that hold data. */
    public double dataBytes() {
        return Double.parseDouble(info("memory").getOrDefault("used_memory_dataset", "0"));
    }

    /** Command → {@code calls} and {@code usec} since the start or the last {@link #resetStatistics()}. */
    public Map<String, String> commandStatistics() {
        return info("commandstats");
    }

    public void resetStatistics() {
        ask("CONFIG RESETSTAT");
    }

    private Map<String, String> info(String section) {
        Map<String, String> lines = new LinkedHashMap<>();
        ask("INFO " + section).lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return lines;
    }

    private String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            if (!password.isEmpty()) {
                answer(socket, reader, "AUTH " + password);
            }
            return answer(socket, reader, command);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String answer(Socket socket, BufferedReader reader, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String first = reader.readLine();
        if (first == null || first.startsWith("-")) {
            throw new IOException(command + ": " + first);
        }
        return first.startsWith("$") ? bulk(reader, Integer.parseInt(first.substring(1))) : first;
    }

    private static String bulk(BufferedReader reader, int length) throws IOException {
        char[] text = new char[length];
        int filled = 0;
        while (filled < length) {
            int read = reader.read(text, filled, length - filled);
            if (read < 0) {
                throw new IOException("cut short");
            }
            filled += read;
        }
        return new String(text);
    }
}
