package io.continuo.standalone;

import io.continuo.common.node.Launcher;
import io.continuo.common.node.Node;
import io.continuo.common.node.Parts;
import io.continuo.common.node.Role;
import io.continuo.common.node.StartException;
import io.continuo.common.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

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
        HttpRequest login = HttpRequest.newBuilder(URI.create(everything.address(node) + "/dev/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"first\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status =
                    client.send(login, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 201) {
                throw new StartException("The first client cannot log in: " + status);
            }
        } catch (IOException failure) {
            throw new StartException("The first client cannot log in: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String address(Node node) {
        return everything.address(node);
    }
}
