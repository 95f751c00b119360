package io.continuo.gateway.atmosphere.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void onlyWhatWasAskedAboutIsProven() {
        progress.start("0");
        progress.sent();
        assertThat(progress.isToBeAsked()).isTrue();
        long mark = progress.ask("1");
        assertThat(progress.isToBeAsked()).isFalse();
        progress.sent();
        assertThat(progress.cursor()).isEqualTo("0");
        assertThat(progress.proven(mark)).isTrue();
        assertThat(progress.cursor()).isEqualTo("1");
        assertThat(progress.isToBeAsked()).isTrue();
    }

    @Test
    void aMarkThatWasNeverGivenProvesNothing() {
        progress.start("0");
        progress.sent();
        assertThat(progress.proven(7)).isFalse();
        progress.ask("1");
        assertThat(progress.proven(7)).isFalse();
        assertThat(progress.cursor()).isEqualTo("0");
    }

    @Test
    void whoWantsSomethingElseHasNothingOfIt() {
        progress.start("0");
        progress.sent();
        long mark = progress.ask("1");
        progress.forget();
        assertThat(progress.cursor()).isEmpty();
        progress.proven(mark);
        assertThat(progress.cursor()).isEmpty();
        assertThat(progress.isToBeAsked()).isTrue();
        progress.proven(progress.ask("2"));
        assertThat(progress.cursor()).isEqualTo("2");
    }

    /** True: a text is sent. False: the oldest of what is on the way to the client, texts and questions, arrives. */
    @Property(tries = 500)
    void neverRunsAheadOfWhatHasArrived(@ForAll List<Boolean> steps) {
        Progress tried = new Progress();
        tried.start("0");
        ArrayDeque<Object> onTheWay = new ArrayDeque<>();
        int sent = 0;
        int arrived = 0;
        for (boolean sends : steps) {
            if (sends) {
                sent++;
                tried.sent();
                onTheWay.add("text");
                if (tried.isToBeAsked()) {
                    onTheWay.add(tried.ask(Integer.toString(sent)));
                }
            } else if (!onTheWay.isEmpty()) {
                if (onTheWay.remove() instanceof Long mark) {
                    tried.proven(mark);
                } else {
                    arrived++;
                }
            }
            assertThat(Integer.parseInt(tried.cursor())).isLessThanOrEqualTo(arrived);
        }
    }
}
