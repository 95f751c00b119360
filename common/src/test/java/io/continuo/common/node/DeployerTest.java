package io.continuo.common.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeployerTest {
    @Test
    void doesNotTakeSomebodyElsesPatienceForItsOwn() {
        assertThatThrownBy(() -> Deployer.await(Future.failedFuture(new TimeoutException())))
                .hasMessage("no answer in time");
    }
}
