package io.continuo.messaging.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict.Kind;
import io.continuo.common.model.LayerId;
import io.continuo.messaging.history.VerdictRule.Resumption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a model: a history of which the beginning is trimmed, and whose end Redis may have lost and written anew. */
class VerdictRuleTest {
    private static final String CONVERSATION = LayerId.newUuid();

    /**
     * @param packets of each event, one or two
     * @param steps of the clock between events, in ms
     * @param trimmed how many events are gone from the beginning
     */
    record Model(List<Integer> packets, List<Integer> steps, int trimmed) {

        List<Entry> all() {
            List<Entry> entries = new ArrayList<>();
            long ms = 1_000;
            long seq = 0;
            for (int i = 0; i < packets.size(); i++) {
                ms += steps.get(i);
                seq += packets.get(i);
                EventRef ref = packets.get(i) == 2
                        ? new EventRef.MessageCreated(CONVERSATION, 4096L * (i + 1), i + 1)
                        : new EventRef.ConversationCreated(CONVERSATION);
                entries.add(new Entry(new Position(ms, seq), ref, -1));
            }
            return entries;
        }

        List<Entry> held() {
            List<Entry> all = all();
            return all.subList(Math.min(trimmed, all.size()), all.size());
        }

        Position tail() {
            List<Entry> all = all();
            return all.isEmpty() ? Position.BEGINNING : all.getLast().position();
        }

        Resumption resume(Position since) {
            List<Entry> held = held();
            Optional<Entry> exact = held.stream()
                    .filter(entry -> entry.position().equals(since))
                    .findFirst();
            Optional<Entry> next = held.stream()
                    .filter(entry -> entry.position().compareTo(since) > 0)
                    .findFirst();
            return new VerdictRule(tail(), held.stream().findFirst(), exact, next).judge(since);
        }
    }

    @Property(tries = 1000)
    void everyPositionEverDeliveredGetsATrueVerdict(@ForAll("models") Model model) {
        List<Entry> all = model.all();
        long firstHeld = model.held().isEmpty()
                ? model.tail().seq() + 1
                : model.held().getFirst().firstSeq();
        for (Entry entry : all) {
            for (long seq = entry.firstSeq(); seq <= entry.position().seq(); seq++) {
                Position since = new Position(entry.position().ms(), seq);
                Resumption resumption = model.resume(since);
                boolean nothingMissing = seq >= firstHeld - 1;
                assertThat(resumption.verdict().kind()).isEqualTo(nothingMissing ? Kind.COMPLETE : Kind.PARTIAL);
                assertThat(resumption.start().seq()).isEqualTo(nothingMissing ? seq : firstHeld - 1);
            }
        }
    }

    @Property(tries = 300)
    void whoHasSeenMoreThanThereIsHasLost(@ForAll("models") Model model) {
        Position tail = model.tail();
        for (Position since : List.of(
                new Position(tail.ms(), tail.seq() + 1),
                new Position(tail.ms() + 5, tail.seq() + 3),
                new Position(tail.ms() + 1, tail.seq()))) {
            Resumption resumption = model.resume(since);
            assertThat(resumption.verdict().kind()).isEqualTo(Kind.LOST);
            assertThat(resumption.start()).isEqualTo(tail);
        }
    }

    @Property(tries = 500)
    void aHistoryThatWasLostAndWrittenAnewIsNotTakenForTheOldOne(@ForAll("models") Model model) {
        List<Entry> held = model.held();
        for (int i = 1; i < held.size(); i++) {
            Entry entry = held.get(i);
            if (entry.position().ms() > held.get(i - 1).position().ms() + 1) {
                // The same sequence at another time: what this client saw there was something else.
                Position since =
                        new Position(entry.position().ms() - 1, entry.position().seq());
                assertThat(model.resume(since).verdict().kind()).isEqualTo(Kind.LOST);
            }
        }
    }

    @Property(tries = 100)
    void whoHasSeenNothingIsCompleteWhileNothingIsTrimmed(@ForAll("models") Model model) {
        Kind verdict = model.resume(Position.BEGINNING).verdict().kind();
        boolean nothingMissing = model.all().size() == model.held().size();
        assertThat(verdict).isEqualTo(nothingMissing ? Kind.COMPLETE : Kind.PARTIAL);
    }

    @Provide
    Arbitrary<Model> models() {
        return Arbitraries.integers()
                .between(0, 12)
                .flatMap(size -> Combinators.combine(
                                Arbitraries.integers().between(1, 2).list().ofSize(size),
                                Arbitraries.integers().between(0, 3).list().ofSize(size),
                                Arbitraries.integers().between(0, size))
                        .as(Model::new));
    }
}
