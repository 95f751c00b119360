package io.continuo.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whoever comes whenever: the bounds hold, and the first comes first. */
class LanePropertyTest {
    private static final long MS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMillis(400);

    /** @param gaps between arrivals in ms; so long each is on the way in, by {@code stay} ms */
    @Property(tries = 300)
    void keepsItsBoundsAndItsOrder(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 30) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 300) int perSecond,
            @ForAll @IntRange(min = 1, max = 5) int atOnce,
            @ForAll @IntRange(max = 40) int most,
            @ForAll @IntRange(max = 50) int stay) {
        Lane<Integer> lane = new Lane<>(perSecond, atOnce, most, PATIENCE);
        List<Integer> entered = new ArrayList<>();
        List<Long> enteredAt = new ArrayList<>();
        List<Integer> turnedAway = new ArrayList<>();
        Queue<Long> leaving = new ArrayDeque<>();
        int comers = 0;
        long nextComer = gaps.getFirst() * MS;
        for (long now = 0; comers < gaps.size() || lane.waiting() > 0; now += MS) {
            while (!leaving.isEmpty() && leaving.peek() <= now) {
                leaving.remove();
                lane.left();
            }
            while (comers < gaps.size() && nextComer <= now) {
                if (!lane.join(comers, now)) {
                    turnedAway.add(comers);
                }
                comers++;
                nextComer += comers < gaps.size() ? gaps.get(comers) * MS : 0;
                assertThat(lane.waiting()).isLessThanOrEqualTo(Math.max(1, most));
            }
            turnedAway.addAll(lane.tired(now));
            for (Optional<Integer> next = lane.next(now); next.isPresent(); next = lane.next(now)) {
                entered.add(next.get());
                enteredAt.add(now);
                leaving.add(now + stay * MS);
                assertThat(leaving.size()).isLessThanOrEqualTo(atOnce);
            }
        }
        assertThat(entered).isSorted();
        assertThat(entered.size() + turnedAway.size()).isEqualTo(gaps.size());
        assertThat(Stream.concat(entered.stream(), turnedAway.stream())).doesNotHaveDuplicates();
        for (int from = 0; from < entered.size(); from++) {
            for (int to = from; to < entered.size(); to++) {
                double seconds = (enteredAt.get(to) - enteredAt.get(from)) / 1e9;
                assertThat((double) (to - from + 1)).isLessThanOrEqualTo(perSecond * (seconds + 0.020) + 1.001);
            }
        }
    }

    @Property(tries = 50)
    void letsInAtOnceWhereNobodyCrowds(@ForAll @IntRange(min = 1, max = 1_000) int perSecond) {
        Lane<Integer> lane = new Lane<>(perSecond, 1, 0, PATIENCE);
        long pause = Duration.ofSeconds(1).toNanos() / perSecond + 1;
        for (int i = 0; i < 20; i++) {
            assertThat(lane.join(i, i * pause)).isTrue();
            assertThat(lane.next(i * pause)).contains(i);
            lane.left();
        }
    }
}
