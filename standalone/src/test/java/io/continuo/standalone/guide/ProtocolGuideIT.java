package io.continuo.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.standalone.process.ContinuoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolGuideIT {
    private static final Path GUIDE = Path.of("..", "docs", "protocol.md");
    private static final String SERVER_TOKEN = "a-token-of-the-back-end";

    /** One after another: the examples of the document are one story. */
    @Test
    void theExamplesOfTheGuideAreTrue() throws Exception {
        List<Line> lines = Line.of(Files.readAllLines(GUIDE));
        assertThat(lines.size()).isGreaterThan(35);
        ContinuoProcess server = ContinuoProcess.start(Map.of(
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString(),
                "CONTINUO_SERVER_TOKENS",
                SERVER_TOKEN,
                "CONTINUO_PASSWORD_ROUNDS",
                "10000"));
        try {
            Play play = new Play(
                    server.url(),
                    new Names(Map.of("app", "5d9a1f64-0c9b-4a35-9f0e-6f1f2f6a7c10", "server token", SERVER_TOKEN)));
            for (Line line : lines) {
                play.play(line);
            }
            play.end();
        } finally {
            server.stop();
        }
    }
}
