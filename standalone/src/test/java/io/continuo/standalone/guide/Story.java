package io.continuo.standalone.guide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The examples of docs/protocol.md, which are one story: people talk by REST and by socket, lose their connections and
 * resume, a backend speaks, and nearly everything that Continuo can do happens once.
 */
public final class Story {
    private static final Path GUIDE = Path.of("..", "docs", "protocol.md");
    private static final String SERVER_TOKEN = "a-token-of-the-back-end";

    /** Settings that the story needs. */
    public static final Map<String, String> SETTINGS =
            Map.of("CONTINUO_SERVER_TOKENS", SERVER_TOKEN, "CONTINUO_PASSWORD_ROUNDS", "10000");

    private Story() {}

    /** Plays it once to a server that has never heard it; answers how many lines it has. */
    public static int play(String url) throws Exception {
        List<Line> lines = Line.of(Files.readAllLines(GUIDE));
        Play play = new Play(
                url, new Names(Map.of("app", "5d9a1f64-0c9b-4a35-9f0e-6f1f2f6a7c10", "server token", SERVER_TOKEN)));
        for (Line line : lines) {
            play.play(line);
        }
        play.end();
        return lines.size();
    }
}
