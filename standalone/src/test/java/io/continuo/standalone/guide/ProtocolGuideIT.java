package io.continuo.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.standalone.process.ContinuoProcess;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolGuideIT {

    /** One after another: the examples of the document are one story. */
    @Test
    void theExamplesOfTheGuideAreTrue() throws Exception {
        Map<String, String> settings = new HashMap<>(Story.SETTINGS);
        settings.put("CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString());
        ContinuoProcess server = ContinuoProcess.start(settings);
        try {
            assertThat(Story.play(server.url())).isGreaterThan(35);
        } finally {
            server.stop();
        }
    }
}
