package io.continuo.farm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for 127.0.0.1 that nobody vouches for, as PEM files. */
public record SelfSigned(Path cert, Path key) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Makes one in {@code folder}. */
    public static SelfSigned create(Path folder) {
        try {
            return make(folder);
        } catch (GeneralSecurityException | IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static SelfSigned make(Path folder) throws GeneralSecurityException, IOException, InterruptedException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "continuo",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Path cert = pem(folder, "CERTIFICATE", keys.getCertificate("continuo").getEncoded());
        Path key = pem(folder, "PRIVATE KEY", keys.getKey("continuo", PASSWORD).getEncoded());
        return new SelfSigned(cert, key);
    }

    private static Path pem(Path folder, String type, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        String text = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
        return Files.writeString(folder.resolve(type.replace(' ', '-') + ".pem"), text);
    }
}
