package io.continuo.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Says one thing to a Redis, on a connection of its own. */
final class Wire {
    private Wire() {}

    /** The last line of the answer to {@code command}. */
    static String ask(String uri, String command) throws IOException {
        URI redis = URI.create(uri);
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            String password = redis.getUserInfo().substring(1);
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            return lines.get(lines.size() - 2);
        }
    }

    /** Whether a Redis answers at {@code uri}. */
    static boolean answers(String uri) {
        try {
            return ask(uri, "PING").equals("+PONG");
        } catch (IOException gone) {
            return false;
        }
    }
}
