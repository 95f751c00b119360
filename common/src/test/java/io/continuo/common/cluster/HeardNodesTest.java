package io.continuo.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.ClusteredNode;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HeardNodesTest {
    private static final Map<String, List<String>> LISTENERS =
            Map.of("service", List.of("a", "b", "c"), "loop", List.of("b"), "partition", List.of("b"));

    private final Hearing hearing = new Hearing(0);
    private final Registry registry = new Registry();
    private final HeardNodes selector = new HeardNodes(hearing, "partition"::equals);

    @BeforeEach
    void start() {
        selector.init(registry);
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

    @Test
    void whatOthersCanDoDoesNotWaitForTheClusterToTellWhoListens(Vertx vertx, VertxTestContext test) {
        registry.silent = true;
        selector.start(vertx);
        selector.selectForSend(
                "partition",
                (first, failure) -> test.verify(() -> {
                    assertThat(first).isNull();
                    assertThat(chosen("partition", 1)).containsExactly((String) null);
                    registry.tell();
                    assertThat(chosen("partition", 1)).containsExactly("b");
                    test.completeNow();
                }));
    }

    @Test
    void whatNobodyElseCanDoWaits() {
        registry.silent = true;
        List<String> chosen = new ArrayList<>();
        selector.selectForSend("loop", (node, failure) -> chosen.add(node));
        assertThat(chosen).isEmpty();
        registry.tell();
        assertThat(chosen).containsExactly("b");
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
        private final List<Runnable> owed = new ArrayList<>();
        private boolean silent;

        /** What it has been asked. */
        void tell() {
            silent = false;
            owed.forEach(Runnable::run);
        }

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
            owed.add(() -> promise.succeed(LISTENERS.getOrDefault(address, List.of()).stream()
                    .map(node -> new RegistrationInfo(node, 1, false))
                    .toList()));
            if (!silent) {
                owed.removeLast().run();
            }
        }
    }
}
