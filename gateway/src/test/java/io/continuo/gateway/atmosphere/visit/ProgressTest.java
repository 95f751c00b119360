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
        progress.sent("1");
        assertThat(progress.isToBeAsked()).isTrue();
        long mark = progress.ask();
        assertThat(progress.isToBeAsked()).isFalse();
        progress.sent("2");
        assertThat(progress.cursor()).isEqualTo("0");
        assertThat(progress.proven(mark)).isTrue();
        assertThat(progress.cursor()).isEqualTo("1");
        assertThat(progress.isToBeAsked()).isTrue();
    }

    @Test
    void aMarkThatWasNeverGivenProvesNothing() {
        progress.start("0");
        progress.sent("1");
        assertThat(progress.proven(7)).isFalse();
        progress.ask();
        assertThat(progress.proven(7)).isFalse();
        assertThat(progress.cursor()).isEqualTo("0");
    }

    @Test
    void theNextPollProvesAll() {
        progress.sent("1");
        progress.sent("2");
        assertThat(progress.allProven()).isTrue();
        assertThat(progress.cursor()).isEqualTo("2");
        assertThat(progress.allProven()).isFalse();
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
                tried.sent(Integer.toString(++sent));
                onTheWay.add("text");
                if (tried.isToBeAsked()) {
                    onTheWay.add(tried.ask());
                }
            } else if (onTheWay.poll() instanceof Object next) {
                if (next instanceof Long mark) {
                    tried.proven(mark);
                } else {
                    arrived++;
                }
            }
            assertThat(Integer.parseInt(tried.cursor())).isLessThanOrEqualTo(arrived);
        }
    }
}
