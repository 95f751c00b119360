package io.continuo.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.ClusteredNode;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeardNodesTest {
    private static final Map<String, List<String>> LISTENERS =
            Map.of("service", List.of("a", "b", "c"), "loop", List.of("b"), "partition", List.of("b"));

    private final Hearing hearing = new Hearing(0);
    private final HeardNodes selector = new HeardNodes(hearing, "partition"::equals);

    @BeforeEach
    void start() {
        selector.init(new Registry());
    }

    @Test
    void allTakeTurnsWhileAllAreHeard() {
        assertThat(chosen("service", 6)).containsExactlyInAnyOrder("a", "b", "c", "a", "b", "c");
    }

    @Test
    void whoIsSilentIsLeftOut() {
        silence("b");
        assertThat(chosen("service", 8)).contains("a", "c").doesNotContain("b");
    }

    @Test
    void whereOnlyTheSilentListenTheyAreSentToUnlessOthersCanBeAsked() {
        silence("b");
        assertThat(chosen("loop", 1)).containsExactly("b");
        assertThat(chosen("partition", 1)).containsExactly((String) null);
    }

    @Test
    void whereNobodyListensNobodyIsChosen() {
        silence("b");
        assertThat(chosen("nowhere", 1)).containsExactly((String) null);
    }

    @Test
    void allGetWhatIsPublished() {
        silence("b");
        List<String> nodes = new ArrayList<>();
        selector.selectForPublish("service", (all, failure) -> all.forEach(nodes::add));
        assertThat(nodes).containsExactlyInAnyOrder("a", "b", "c");
    }

    private List<String> chosen(String address, int times) {
        String[] nodes = new String[times];
        for (int i = 0; i < times; i++) {
            int at = i;
            selector.selectForSend(address, (node, failure) -> nodes[at] = node);
        }
        return Arrays.asList(nodes);
    }

    private void silence(String node) {
        hearing.beat(node, 0);
        for (long ms = 0; ms <= Hearing.SILENT_AFTER_MS + 1; ms++) {
            hearing.look(Set.of("a", "b", "c"), ms);
        }
    }

    private static final class Registry implements ClusteredNode {
        @Override
        public String getNodeId() {
            return "here";
        }

        @Override
        public List<String> getNodes() {
            return List.of("here", "a", "b", "c");
        }

        @Override
        public NodeInfo getNodeInfo() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void getNodeInfo(String nodeId, Completable<NodeInfo> promise) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
            promise.succeed(LISTENERS.getOrDefault(address, List.of()).stream()
                    .map(node -> new RegistrationInfo(node, 1, false))
                    .toList());
        }
    }
}
