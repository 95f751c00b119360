package io.continuo.gateway.atmosphere;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that reads its hello and then nothing more, with little room before it. */
final class Sleeper implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("([\\w-]{22}\\.[\\w-]{22})\\|\\d+\\|X\\|");
    private static final int ROOM = 4_096;

    private final Socket socket = new Socket();
    private final String trackingId;

    Sleeper(int port, String uri) throws IOException {
        socket.setReceiveBufferSize(ROOM);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("localhost", port));
        List<String> lines = new ArrayList<>(List.of("GET " + uri + " HTTP/1.1", "Host: localhost"));
        if (uri.contains("websocket")) {
            lines.addAll(List.of("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"));
            lines.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        }
        String head = String.join("\r\n", lines) + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        trackingId = hello();
    }

    String trackingId() {
        return trackingId;
    }

    /** Ends when the connection has ended; throws when it does not end. */
    void readToTheEnd() throws IOException {
        byte[] some = new byte[65_536];
        InputStream in = socket.getInputStream();
        try {
            while (in.read(some) >= 0) {
                // On.
            }
        } catch (java.net.SocketTimeoutException stillThere) {
            throw stillThere;
        } catch (IOException reset) {
            // That is an end too.
        }
    }

    private String hello() throws IOException {
        StringBuilder read = new StringBuilder();
        while (true) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("No hello: " + read);
            }
            read.append((char) next);
            Matcher id = ID.matcher(read);
            if (id.find()) {
                return id.group(1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
