package io.continuo.standalone;

import io.continuo.common.node.Launcher;
import io.continuo.common.node.Node;
import io.continuo.common.node.Parts;
import io.continuo.common.node.Role;
import io.continuo.common.node.StartException;
import io.continuo.common.settings.Settings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * All roles in one process that is nevertheless a cluster, for as long as a first client needs to log in. Run while an
 * image is made, it shows the JVM which classes will be used, so that the roles start faster.
 */
public final class Rehearsal implements Role {
    private final Main everything = new Main();

    private Rehearsal() {}

    public static void main(String[] args) {
        Launcher.run(new Rehearsal(), args);
        System.exit(0);
    }

    @Override
    public String title() {
        return "Continuo's rehearsal";
    }

    @Override
    public String help() {
        return "Starts everything, and stops.\n";
    }

    @Override
    public boolean isClustered() {
        return true;
    }

    @Override
    public Settings prepare(Settings given, Parts parts) {
        return everything.prepare(given, parts);
    }

    @Override
    public void start(Node node) {
        everything.start(node);
        try {
            // Of the JDK's clients the one with the fewest classes: all that is used here ends up in the image.
            URI login = URI.create(everything.address(node) + "/dev/session");
            HttpURLConnection connection = (HttpURLConnection) login.toURL().openConnection();
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write("{\"user_id\":\"first\"}".getBytes(StandardCharsets.UTF_8));
            if (connection.getResponseCode() != 201) {
                throw new StartException("The first client cannot log in: " + connection.getResponseCode());
            }
        } catch (IOException failure) {
            throw new StartException("The first client cannot log in: " + failure);
        }
    }

    @Override
    public String address(Node node) {
        return everything.address(node);
    }
}
