package io.continuo.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.standalone.client.Steady;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** People who talk in several conversations without end, whatever happens around them. */
public final class Talk implements AutoCloseable {
    private static final int CONVERSATIONS = 8;
    private static final long PAUSE_MS = 10;

    private final List<Steady> people = new ArrayList<>();
    private final List<String> conversations = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Thread> talking = new ArrayList<>();
    private final AtomicLong slowest = new AtomicLong();
    private volatile boolean enough;

    /** @param gateways the base of the next gateway to try */
    public Talk(String name, int size, Supplier<String> gateways) throws Exception {
        List<String> names = IntStream.range(0, size).mapToObj(i -> name + i).toList();
        names.forEach(user -> people.add(new Steady(user, gateways)));
        for (int i = 0; i < CONVERSATIONS; i++) {
            conversations.add(people.get(i % size).converse(names));
        }
        for (int i = 0; i < size; i++) {
            Steady person = people.get(i);
            int first = i;
            talking.add(Thread.startVirtualThread(() -> talk(person, first)));
        }
    }

    private void talk(Steady person, int first) {
        try {
            for (int i = first; !enough; i++) {
                long asked = System.nanoTime();
                acknowledged.add(person.say(conversations.get(i % CONVERSATIONS), "text " + i));
                slowest.accumulateAndGet((System.nanoTime() - asked) / 1_000_000, Math::max);
                Thread.sleep(PAUSE_MS);
            }
        } catch (Exception closed) {
            // then verify misses something
        }
    }

    /** Waits until this many more messages are acknowledged per person. */
    public void goOn(int messages) {
        int goal = acknowledged.size() + messages * people.size();
        await().atMost(Duration.ofSeconds(40)).until(() -> acknowledged.size() >= goal);
    }

    /** Cuts all sockets; people come back by themselves. */
    public void cutAll() {
        people.forEach(Steady::cut);
    }

    /** The longest that somebody had to wait for an acknowledgement. */
    public long slowestMs() {
        return slowest.get();
    }

    /** How often all of them together have come back, the first time included. */
    public int resumptions() {
        return people.stream().mapToInt(Steady::resumptions).sum();
    }

    /** Everybody got everything that was acknowledged, once, and in the same order as everybody else. */
    public void verify() throws Exception {
        enough = true;
        for (Thread thread : talking) {
            assertThat(thread.join(Duration.ofSeconds(40))).isTrue();
        }
        for (Steady person : people) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(messages(person)).containsAll(acknowledged));
            assertThat(messages(person)).doesNotHaveDuplicates();
        }
        for (String conversation : conversations) {
            List<String> order = people.getFirst().messages(conversation);
            people.forEach(person -> await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(person.messages(conversation)).isEqualTo(order)));
        }
        people.forEach(person -> assertThat(person.faults()).isEmpty());
    }

    private List<String> messages(Steady person) {
        return conversations.stream()
                .flatMap(conversation -> person.messages(conversation).stream())
                .toList();
    }

    @Override
    public void close() {
        enough = true;
        people.forEach(Steady::close);
    }
}
