package io.continuo.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    @Test
    void waitsForAllThatWasBegunAndForNothingElse() {
        UnderWay underWay = new UnderWay();
        assertThat(underWay.none().isComplete()).isTrue();
        Promise<String> one = Promise.promise();
        Promise<String> other = Promise.promise();
        underWay.count(one.future());
        underWay.count(other.future());
        Future<Void> none = underWay.none();
        one.complete("done");
        assertThat(none.isComplete()).isFalse();
        other.fail("failed");
        assertThat(none.succeeded()).isTrue();
    }
}
