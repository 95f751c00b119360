package io.continuo.gateway.socket.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Delivery;
import io.continuo.common.event.Position;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final Play play = new Play();

    @Test
    void writesWhatIsPushedWithoutReading() {
        start();
        happensAndLands(Play.OTHER, true);
        happensAndLands(Play.OTHER, false);
        assertThat(play.written).containsExactly("1001-1", "1001-2", "1002-3");
        assertThat(play.answerRead()).isFalse();
    }

    @Test
    void dropsDuplicates() {
        start();
        Delivery delivery = happensAndLands(Play.OTHER, true);
        play.feed.push(Due.of(delivery));
        assertThat(play.written).containsExactly("1001-1", "1001-2");
        assertThat(play.feed.isLive()).isTrue();
    }

    @Test
    void readsWhatAHoleLacks() {
        start();
        play.happens(Play.OTHER, true, 1);
        play.air.clear();
        happensAndLands(Play.OTHER, true);
        assertThat(play.written).isEmpty();
        play.answerRead();
        assertThat(play.written).containsExactly("1001-1", "1001-2", "1002-3", "1002-4");
        assertThat(play.feed.isLive()).isTrue();
    }

    @Test
    void sendsOnlyTheRestOfAnEventWhenResumedInsideIt() {
        Delivery delivery = play.happens(Play.OTHER, true, 1);
        play.feed.start(delivery.position().back(1), play.tail());
        play.answerRead();
        assertThat(play.written).containsExactly("1001-2");
    }

    @Test
    void sendsOnlyTheRestOfAPushedEventToo() {
        Position inside = new Position(1_001, 1);
        play.feed.start(inside, inside);
        happensAndLands(Play.OTHER, true);
        assertThat(play.written).containsExactly("1001-2");
    }

    @Test
    void holdsTheClientsOwnEventAndWhatFollowsButNotWhatPrecedes() {
        start();
        play.feed.hold();
        happensAndLands(Play.OTHER, false);
        happensAndLands(Play.ME, false);
        happensAndLands(Play.OTHER, false);
        assertThat(play.written).containsExactly("1001-1");
        play.feed.release();
        assertThat(play.written).containsExactly("1001-1", "1002-2", "1003-3");
        assertThat(play.answerRead()).isFalse();
    }

    @Test
    void holdsTheClientsOwnEventAlsoWhenItIsRead() {
        start();
        play.feed.hold();
        play.happens(Play.ME, false, 1);
        play.feed.tailIs(play.tail());
        play.answerRead();
        assertThat(play.written).isEmpty();
        assertThat(play.answerRead()).isFalse();
        play.feed.release();
        play.answerRead();
        assertThat(play.written).containsExactly("1001-1");
    }

    /** Who always has a request under way: what was read between two of them would be held by the next one. */
    @Test
    void isNotKeptFromWhatWasReadByOneRequestAfterTheOther() {
        start();
        play.feed.hold();
        play.happens(Play.ME, false, 1);
        play.happens(Play.ME, false, 1);
        play.feed.tailIs(play.tail());
        play.answerRead();
        assertThat(play.written).isEmpty();

        play.feed.release();
        play.feed.hold();

        assertThat(play.written).containsExactly("1001-1", "1002-2");
    }

    @Test
    void keepsMostPushesWhileTheSocketIsFull() {
        start();
        play.full = true;
        for (int i = 0; i < 50; i++) {
            happensAndLands(Play.OTHER, false);
        }
        assertThat(play.written).isEmpty();
        play.drain();
        assertThat(play.written).hasSize(50);
        assertThat(play.answerRead()).isFalse();
    }

    @Test
    void readsWhenMoreThanItKeepsCameToAFullSocket() {
        start();
        play.full = true;
        for (int i = 0; i < 500; i++) {
            happensAndLands(Play.OTHER, false);
        }
        play.drain();
        while (play.answerRead()) {
            assertThat(play.written).isNotEmpty();
        }
        assertThat(play.written).isEqualTo(play.expectedAfter(Position.BEGINNING));
        assertThat(play.feed.isLive()).isTrue();
    }

    @Test
    void passesOverEventsThatAreGone() {
        play.gone.add(play.happens(Play.OTHER, true, 1).position());
        play.happens(Play.OTHER, false, 1);
        play.gone.add(play.happens(Play.OTHER, true, 1).position());
        play.feed.start(Position.BEGINNING, play.tail());
        while (play.answerRead()) {
            assertThat(play.feed.position().seq()).isGreaterThan(2);
        }
        assertThat(play.written).containsExactly("1002-3");
        play.air.clear();
        happensAndLands(Play.OTHER, false);
        assertThat(play.written).containsExactly("1002-3", "1004-6");
    }

    @Test
    void comesToAnEndWhenTheHistoryIsEmptyThoughItsTailIsNot() {
        Position tail = new Position(5_000, 7);
        Play trimmed = new Play();
        trimmed.feed.start(Position.BEGINNING, tail);
        trimmed.answerRead();
        assertThat(trimmed.feed.isLive()).isTrue();
    }

    @Test
    void followsAHistoryThatHasLostItsNewestEntries() {
        Position ahead = new Position(500, 9);
        play.feed.start(ahead, ahead);
        happensAndLands(Play.OTHER, true);
        assertThat(play.written).isEmpty();
        assertThat(play.doubts).isEqualTo(1);
        play.feed.restart(play.tail(), play.tail());
        happensAndLands(Play.OTHER, false);
        assertThat(play.written).containsExactly("1002-3");
    }

    @Test
    void restsWhileWhatItHasWrittenIsInDoubt() {
        start();
        happensAndLands(Play.OTHER, false);
        play.feed.doubt();
        happensAndLands(Play.OTHER, false);
        play.feed.tailIs(play.tail());
        assertThat(play.answerRead()).isFalse();
        assertThat(play.written).containsExactly("1001-1");
        play.feed.trust(play.tail());
        play.answerRead();
        assertThat(play.written).containsExactly("1001-1", "1002-2");
    }

    @Test
    void doubtsWhenTheTailIsBeforeWhatTheClientHad() {
        start();
        happensAndLands(Play.OTHER, false);
        Position asked = play.feed.reached();
        happensAndLands(Play.OTHER, false);
        play.feed.tailWas(asked, asked);
        assertThat(play.doubts).as("an answer from before the newest event").isZero();
        play.feed.tailWas(asked, play.feed.reached());
        assertThat(play.doubts).isEqualTo(1);
    }

    @Test
    void answersAReplayThoughItsEndIsLost() {
        start();
        happensAndLands(Play.OTHER, false);
        happensAndLands(Play.OTHER, false);
        play.full = true;
        play.feed.moveTo(Position.BEGINNING, () -> play.written.add("done"));
        play.answerRead();
        play.lose(1);
        play.feed.doubt();
        play.full = false;
        play.feed.restart(play.tail(), play.tail());
        assertThat(play.written).containsExactly("1001-1", "1002-2", "done");
    }

    @Test
    void tellsWhenAReplayHasPassedTheTail() {
        start();
        happensAndLands(Play.OTHER, true);
        play.written.clear();
        play.feed.moveTo(Position.BEGINNING, () -> play.written.add("done"));
        play.happens(Play.OTHER, false, 1);
        play.answerRead();
        assertThat(play.written).containsExactly("1001-1", "1001-2", "1002-3", "done");
    }

    @Test
    void startsAnotherReplayWhenTheFirstIsDone() {
        start();
        happensAndLands(Play.OTHER, false);
        play.feed.moveTo(
                Position.BEGINNING, () -> play.feed.moveTo(Position.BEGINNING, () -> play.written.add("twice")));
        while (play.answerRead()) {
            assertThat(play.written).isNotEmpty();
        }
        assertThat(play.written).containsExactly("1001-1", "1001-1", "1001-1", "twice");
    }

    @Test
    void writesNothingAfterItsEnd() {
        start();
        play.happens(Play.OTHER, false, 1);
        play.feed.tailIs(play.tail());
        play.feed.stop();
        play.answerRead();
        play.land(0);
        assertThat(play.written).isEmpty();
    }

    private void start() {
        play.feed.start(Position.BEGINNING, Position.BEGINNING);
    }

    private Delivery happensAndLands(String author, boolean twoPackets) {
        Delivery delivery = play.happens(author, twoPackets, 1);
        play.land(play.air.size() - 1);
        return delivery;
    }
}
