package io.continuo.gateway.socket.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However pushes are lost, doubled and disordered, and whatever is done meanwhile, every packet is written once. */
class FeedPropertyTest {

    @Property(tries = 3_000)
    void writesEveryPacketOnceAndInOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int steps) {
        Random random = new Random(seed);
        Play play = new Play();
        for (int i = random.nextInt(20); i > 0; i--) {
            happens(play, random);
        }
        Position start = startOf(play, random);
        boolean early = random.nextBoolean();
        if (early) {
            play.air.clear();
        }
        play.feed.start(start, play.tail());
        for (int i = 0; i < steps; i++) {
            step(play, random);
        }
        settle(play);
        assertThat(play.written).isEqualTo(play.expectedAfter(start));
        assertThat(play.feed.isLive()).isTrue();
    }

    @Property(tries = 2_000)
    void replaysFromAnywhere(@ForAll long seed, @ForAll @IntRange(min = 1, max = 150) int steps) {
        Random random = new Random(seed);
        Play play = new Play();
        play.feed.start(Position.BEGINNING, play.tail());
        List<String> done = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            step(play, random);
        }
        long ms = 990L + random.nextInt(200);
        Position from = new Position(ms, random.nextBoolean() ? 999_999_999_999_999L : random.nextInt(40));
        boolean inHistory = from.compareTo(play.tail()) < 0;
        play.written.clear();
        // The answer to the request ends what the request has held.
        play.feed.moveTo(from, () -> {
            done.add("replayed");
            play.feed.release();
        });
        for (int i = 0; i < steps; i++) {
            step(play, random);
        }
        settle(play);
        assertThat(done).containsExactly("replayed");
        assertThat(play.feed.isLive()).isTrue();
        if (inHistory) {
            assertThat(play.written).isEqualTo(play.expectedAfter(from));
        }
    }

    /** However much is lost, and whatever happens then, but for losses on the bus at the same time: who has had more is told, and has everything from there. */
    @Property(tries = 3_000)
    void noticesThatRedisHasLostWhatTheClientHad(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps, @ForAll @IntRange(max = 60) int more) {
        Random random = new Random(seed);
        Play play = new Play();
        play.feed.start(Position.BEGINNING, play.tail());
        for (int i = 0; i < steps; i++) {
            step(play, random);
        }
        play.lose(play.history.isEmpty() ? 0 : random.nextInt(play.history.size()));
        boolean hadMore = play.feed.reached().compareTo(play.tail()) > 0;
        List<Position> restarts = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            stepOnAGoodBus(play, random);
            resolve(play, random.nextInt(3) > 0, restarts);
        }
        for (int rounds = 0; rounds < 3; rounds++) {
            resolve(play, true, restarts);
            settle(play);
            play.feed.tailWas(play.tail(), play.feed.reached());
        }
        // What was pushed and kept may be written after it was lost, and be told as lost then.
        assertThat(restarts).hasSizeBetween(hadMore ? 1 : 0, 1);
        assertThat(play.feed.isLive()).isTrue();
        assertThat(play.written)
                .endsWith(play.expectedAfter(restarts.isEmpty() ? Position.BEGINNING : restarts.getFirst())
                        .toArray(new String[0]));
    }

    /** Says whether the history holds what the client has had. */
    private static void resolve(Play play, boolean now, List<Position> restarts) {
        if (!now || play.doubts == 0) {
            return;
        }
        play.doubts = 0;
        Position reached = play.feed.reached();
        boolean held = reached.equals(Position.BEGINNING)
                || play.expectedAfter(Position.BEGINNING).contains(reached.toString());
        if (held) {
            play.feed.trust(play.tail());
        } else {
            restarts.add(play.tail());
            play.feed.restart(play.tail(), play.tail());
        }
    }

    private static void step(Play play, Random random) {
        step(play, random, random.nextInt(12));
    }

    private static void step(Play play, Random random, int which) {
        switch (which) {
            case 0, 1, 2 -> happens(play, random);
            case 3, 4, 5 -> land(play, random);
            case 6 -> play.reachHistory();
            case 7 -> play.answerRead();
            case 8 -> lose(play, random);
            case 9 -> {
                if (random.nextBoolean()) {
                    play.full = true;
                } else {
                    play.drain();
                }
            }
            case 10 -> {
                if (random.nextBoolean()) {
                    play.feed.hold();
                } else {
                    play.feed.release();
                }
            }
            default -> play.feed.tailIs(play.tail());
        }
    }

    private static void stepOnAGoodBus(Play play, Random random) {
        switch (random.nextInt(5)) {
            case 0, 1 -> happens(play, random);
            case 2, 3 -> {
                if (!play.air.isEmpty()) {
                    play.land(0);
                }
            }
            default -> step(play, random, List.of(6, 7, 9, 10, 11).get(random.nextInt(5)));
        }
    }

    private static void happens(Play play, Random random) {
        play.happens(random.nextInt(4) == 0 ? Play.ME : Play.OTHER, random.nextBoolean(), random.nextInt(3));
    }

    /** A push arrives, not always the oldest, now and then twice. */
    private static void land(Play play, Random random) {
        if (!play.air.isEmpty()) {
            int index = random.nextInt(3) == 0 ? random.nextInt(play.air.size()) : 0;
            if (random.nextInt(8) == 0) {
                play.air.add(play.air.get(index));
            }
            play.land(index);
        }
    }

    private static void lose(Play play, Random random) {
        if (!play.air.isEmpty() && random.nextBoolean()) {
            play.air.remove(random.nextInt(play.air.size()));
        }
    }

    private static Position startOf(Play play, Random random) {
        if (play.history.isEmpty() || random.nextInt(3) == 0) {
            return play.tail();
        }
        var delivery = play.history.get(random.nextInt(play.history.size()));
        return delivery.position().back(random.nextInt(delivery.span()));
    }

    private static void settle(Play play) {
        play.feed.release();
        play.drain();
        while (!play.air.isEmpty()) {
            play.land(0);
        }
        play.feed.tailIs(play.tail());
        for (int reads = 0; play.answerRead(); reads++) {
            assertThat(reads).isLessThan(1_000);
        }
    }
}
