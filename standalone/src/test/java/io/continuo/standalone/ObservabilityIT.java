package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.redis.Ports;
import io.continuo.standalone.client.Steady;
import io.continuo.standalone.process.Processes;
import io.continuo.standalone.process.Prometheus;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules, against a real Prometheus that scrapes a running cluster. */
class ObservabilityIT {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path ALERTS = DEPLOY.resolve("prometheus").resolve("alerts.yml");
    private static final Pattern SERIES = Pattern.compile("\\b(continuo|process|haproxy|up)(_\\w+)?\\b(\\{[^}]*})?");

    @Test
    void theRulesAreSoundAndFireWhenTheyShould() throws Exception {
        needs("promtool");
        Path folder = DEPLOY.resolve("prometheus");
        assertThat(run(folder, "promtool", "check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(run(folder, "promtool", "check", "rules", "alerts.yml")).contains("SUCCESS");
        assertThat(run(folder, "promtool", "test", "rules", "alerts.test.yml")).contains("SUCCESS");
    }

    @Test
    void everyQueryOfTheDashboardAndOfTheAlertsFindsData() throws Exception {
        needs("prometheus");
        needs("haproxy");
        int admin = Ports.free();
        int balancer = Ports.free();
        Process haproxy = balancer(balancer);
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(redis.uri())) {
            var messaging = cluster.startMessaging();
            var presence = cluster.startPresence();
            String gateway = cluster.startGateway(admin).url();
            Map<String, Integer> ports = Map.of(
                    "gateway",
                    admin,
                    "messaging-service",
                    URI.create(messaging.url()).getPort(),
                    "presence-service",
                    URI.create(presence.url()).getPort());
            try (Prometheus prometheus = Prometheus.start(ALERTS, ports, balancer);
                    Steady ines = new Steady("ines", () -> gateway);
                    Steady omar = new Steady("omar", () -> gateway)) {
                talk(ines, omar);
                List<String> rules = prometheus.rules().stream()
                        .map(rule -> rule.getString("query"))
                        .toList();
                assertThat(rules).hasSizeGreaterThan(10);
                List<String> queries = new ArrayList<>(dashboard());
                rules.forEach(rule -> queries.addAll(series(rule)));
                await().atMost(Duration.ofSeconds(40))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() ->
                                assertThat(withoutData(prometheus, queries)).isEmpty());
                assertThat(prometheus.query("continuo_redis_up == 0")).isEmpty();
            }
        } finally {
            haproxy.destroyForcibly();
        }
    }

    private static void talk(Steady ines, Steady omar) throws Exception {
        String conversation = ines.converse(List.of("ines", "omar"));
        for (int i = 0; i < 20; i++) {
            ines.say(conversation, "text " + i);
        }
        omar.cut();
        ines.say(conversation, "while omar is away");
        await().until(() -> omar.messages(conversation).size() == 21);
    }

    private static List<String> withoutData(Prometheus prometheus, List<String> queries) throws Exception {
        List<String> without = new ArrayList<>();
        for (String query : queries) {
            if (prometheus.query(query).isEmpty()) {
                without.add(query);
            }
        }
        return without;
    }

    /** The queries of all panels. */
    private static List<String> dashboard() throws Exception {
        String json =
                Files.readString(DEPLOY.resolve("grafana").resolve("dashboards").resolve("continuo.json"));
        return new JsonObject(json)
                .getJsonArray("panels").stream()
                        .map(JsonObject.class::cast)
                        .filter(panel -> panel.containsKey("targets"))
                        .flatMap(panel -> panel.getJsonArray("targets").stream())
                        .map(target -> ((JsonObject) target).getString("expr"))
                        .toList();
    }

    /** What a rule looks at. While all is well it finds nothing there to complain of. */
    private static List<String> series(String rule) {
        return SERIES.matcher(rule).results().map(MatchResult::group).toList();
    }

    /** The balancer of the compose file, on ports of its own. */
    private static Process balancer(int metrics) throws Exception {
        String config = Files.readString(DEPLOY.resolve("haproxy.cfg"))
                .replace("bind :8404", "bind 127.0.0.1:" + metrics)
                .replace("bind :8080", "bind 127.0.0.1:" + Ports.free());
        Path file = Files.writeString(Files.createTempFile("haproxy", ".cfg"), config);
        Process haproxy = new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(haproxy::destroyForcibly));
        return haproxy;
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Leaves a test out where a program is missing, unless nothing may be left out. */
    private static void needs(String program) {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (Boolean.parseBoolean(System.getenv("CONTINUO_REQUIRE_ALL"))) {
            assertThat(isThere).as(program + " is installed").isTrue();
        }
        assumeTrue(isThere, program + " is not installed");
    }
}
