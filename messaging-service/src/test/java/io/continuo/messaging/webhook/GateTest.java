package io.continuo.messaging.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void letsOnlySoManyThroughAndTheOthersInTheirOrder() {
        Gate gate = new Gate(2);
        List<String> begun = new ArrayList<>();
        for (String task : List.of("a", "b", "c", "d")) {
            gate.enter(() -> begun.add(task));
        }
        assertThat(begun).containsExactly("a", "b");
        gate.leave();
        assertThat(begun).containsExactly("a", "b", "c");
        gate.leave();
        gate.leave();
        gate.leave();
        gate.enter(() -> begun.add("e"));
        gate.enter(() -> begun.add("f"));
        gate.enter(() -> begun.add("g"));
        assertThat(begun).containsExactly("a", "b", "c", "d", "e", "f");
    }
}
