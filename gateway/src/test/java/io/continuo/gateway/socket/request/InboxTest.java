package io.continuo.gateway.socket.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final List<String> events = new ArrayList<>();
    private final ArrayDeque<Promise<Void>> executing = new ArrayDeque<>();
    private boolean full;
    private final Inbox<Incoming> inbox = new Inbox<>(new Desk());

    @Test
    void executesOneAfterAnother() {
        add("a");
        add("b");
        assertThat(events).containsExactly("a");
        executed();
        assertThat(events).containsExactly("a", "b");
    }

    @Test
    void waitsWhileResponsesCannotBeWritten() {
        full = true;
        add("a");
        assertThat(events).isEmpty();
        full = false;
        inbox.drained();
        assertThat(events).containsExactly("a");
    }

    @Test
    void stopsReadingWhenTooManyWaitAndGoesOnLater() {
        for (int i = 0; i < 257; i++) {
            add("a");
        }
        assertThat(events).containsExactly("a", "stop reading");
        assertThat(inbox.isPaused()).isTrue();
        for (int i = 0; i < 130; i++) {
            executed();
        }
        assertThat(events).contains("read on");
        assertThat(inbox.isPaused()).isFalse();
    }

    @Test
    void stopsReadingWhenTheyAreTooLarge() {
        add("a");
        inbox.add(request("large"), 300_000);
        assertThat(events).containsExactly("a", "stop reading");
        executed();
        executed();
        assertThat(events).containsExactly("a", "stop reading", "large", "read on");
    }

    @Test
    void finishesWhatHasComeAndNothingMore() {
        add("a");
        add("b");
        inbox.finish(() -> events.add("done"));
        add("c");
        executed();
        executed();
        assertThat(events).containsExactly("a", "b", "done");
    }

    @Test
    void finishesAtOnceWhenIdle() {
        inbox.finish(() -> events.add("done"));
        assertThat(events).containsExactly("done");
    }

    private void add(String method) {
        inbox.add(request(method), 10);
    }

    private void executed() {
        executing.remove().complete();
    }

    private static Incoming request(String method) {
        return new Incoming.Request(method, null, null, null, false);
    }

    private final class Desk implements Inbox.Desk<Incoming> {
        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public Future<?> execute(Incoming packet) {
            events.add(((Incoming.Request) packet).method());
            Promise<Void> promise = Promise.promise();
            executing.add(promise);
            return promise.future();
        }

        @Override
        public void stopReading() {
            events.add("stop reading");
        }

        @Override
        public void readOn() {
            events.add("read on");
        }
    }
}
