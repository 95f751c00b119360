package io.continuo.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.farm.SelfSigned;
import io.continuo.standalone.process.ContinuoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unmodified Layer SDKs from npm, one process each, against a server of each scheme. */
class LayerSdkIT {
    private static final Path SDK = Path.of("sdk");
    private static final String SERVER_TOKEN = "a-token-of-the-back-end";

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theSdksChatAndRecoverAsTheyAre() throws Exception {
        Node.require(Node.isThere(), "Node.js is not installed: the tests with the Layer SDKs are left out");
        Node.install(SDK);
        Path folder = Files.createTempDirectory("continuo");
        SelfSigned tls = SelfSigned.create(folder);
        ContinuoProcess http = ContinuoProcess.start(
                Map.of("CONTINUO_DATA_DIR", folder.resolve("http").toString(), "CONTINUO_SERVER_TOKENS", SERVER_TOKEN));
        ContinuoProcess https = ContinuoProcess.start(Map.of(
                "CONTINUO_DATA_DIR", folder.resolve("https").toString(),
                "CONTINUO_SERVER_TOKENS", SERVER_TOKEN,
                "CONTINUO_TLS_CERT", tls.cert().toString(),
                "CONTINUO_TLS_KEY", tls.key().toString()));
        int code = Node.exitCode(
                SDK,
                Map.of(
                        "CONTINUO_URL", ip(http.url()),
                        "CONTINUO_TLS_URL", ip(https.url()),
                        "CONTINUO_SERVER_TOKEN", SERVER_TOKEN),
                "npm",
                "test");
        http.stop();
        https.stop();
        assertThat(code).as("exit code of the tests; what they print is above").isZero();
    }

    /** The certificate's name. */
    private static String ip(String url) {
        return url.replace("localhost", "127.0.0.1");
    }
}
