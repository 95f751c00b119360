package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.Ports;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.client.Steady;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a running node tells Prometheus is what the guide says that it tells, no more and no less. */
class MetricsIT {
    private static final Path GUIDE = Path.of("..", "docs", "operations.md");
    private static final Pattern ROW = Pattern.compile("\\| `(continuo_\\w+)` \\| (counter|gauge|histogram) \\|.*");

    @Test
    void theGuideListsEveryMetricOfARunningNode() throws Exception {
        int admin = Ports.free();
        ContinuoProcess continuo = ContinuoProcess.start(Map.of(
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString(),
                "CONTINUO_ADMIN_PORT",
                Integer.toString(admin)));
        try (Steady ines = new Steady("ines", continuo::url);
                Steady omar = new Steady("omar", continuo::url)) {
            String conversation = ines.converse(List.of("ines", "omar"));
            ines.say(conversation, "count me");
            await().until(() -> omar.messages(conversation).size() == 1);
            assertThatThrownBy(() -> Socket.open(continuo.url(), "no-token", "layer-2.0", "", packet -> {}))
                    .hasStackTraceContaining("WebSocketHandshakeException");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Metrics.of(List.of(admin)).types())
                            .containsExactlyInAnyOrderEntriesOf(documented()));
            Metrics metrics = Metrics.of(List.of(admin));
            assertThat(metrics.sum("continuo_delivery_seconds_count")).isPositive();
            assertThat(metrics.sum("continuo_delivery_seconds_sum"))
                    .isLessThan(metrics.sum("continuo_delivery_seconds_count"));
            assertThat(metrics.sum(
                            "continuo_requests_total",
                            "operation=\"Message.create\"",
                            "way=\"socket\"",
                            "outcome=\"ok\""))
                    .isEqualTo(1);
            assertThat(metrics.sum("continuo_positions_appended_total")).isPositive();
            assertThat(metrics.sum("continuo_redis_up")).isEqualTo(1);
        } finally {
            continuo.close();
        }
    }

    private static Map<String, String> documented() throws Exception {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(GUIDE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }
}
