package io.continuo.messaging.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One state under the same operations in any order, some of them more than once. */
class ResponseStateTest {

    private static ResponseState after(ResponseType type, List<Operation> operations) {
        ResponseState state = ResponseState.NONE;
        for (Operation operation : operations) {
            state = state.after(operation.of(type));
        }
        return state;
    }

    /** Adds {@code value}, or takes back what {@code id} has added when there is none. */
    record Operation(String id, @Nullable String value) {
        ResponseState.Add added() {
            return new ResponseState.Add(Objects.requireNonNull(value), List.of(id));
        }

        ResponseChange of(ResponseType type) {
            return new ResponseChange(value != null, type, "state", value, id, null);
        }
    }

    /** The same operations in two orders, each in its own way repeated. */
    record Deliveries(List<Operation> one, List<Operation> other) {}

    @Property(tries = 500)
    void aSetIsTheSameWhateverTheOrder(@ForAll("deliveries") Deliveries deliveries) {
        ResponseState one = after(ResponseType.SET, deliveries.one);
        ResponseState other = after(ResponseType.SET, deliveries.other);
        assertThat(values(one)).isEqualTo(values(other));
        assertThat(Set.copyOf(one.removes())).isEqualTo(Set.copyOf(other.removes()));
    }

    @Property(tries = 500)
    void aSetHoldsWhatWasAddedAndNotTakenBack(@ForAll("deliveries") Deliveries deliveries) {
        Set<String> removed = deliveries.one.stream()
                .filter(operation -> operation.value == null)
                .map(Operation::id)
                .collect(Collectors.toSet());
        Set<Object> expected = new HashSet<>();
        for (Operation operation : deliveries.one) {
            if (operation.value != null && !removed.contains(operation.id)) {
                expected.add(operation.value);
            }
        }
        assertThat(values(after(ResponseType.SET, deliveries.one)).keySet()).isEqualTo(expected);
    }

    @Property(tries = 500)
    void theFirstWriterWins(@ForAll("deliveries") Deliveries deliveries) {
        List<Operation> adds = deliveries.one.stream()
                .filter(operation -> operation.value != null)
                .toList();
        ResponseState state = after(ResponseType.FWW, deliveries.one);
        if (adds.isEmpty()) {
            assertThat(state).isEqualTo(ResponseState.NONE);
        } else {
            assertThat(state.adds()).hasSize(1);
            assertThat(state.adds().getFirst()).isEqualTo(adds.getFirst().added());
        }
    }

    @Property(tries = 500)
    void theLastNewWriterWins(@ForAll("deliveries") Deliveries deliveries) {
        Set<String> seen = new HashSet<>();
        @Nullable Operation last = null;
        for (Operation operation : deliveries.one) {
            if (operation.value != null && seen.add(operation.id)) {
                last = operation;
            }
        }
        ResponseState state = after(ResponseType.LWW, deliveries.one);
        assertThat(state.adds()).isEqualTo(last == null ? List.of() : List.of(last.added()));
    }

    @Property(tries = 500)
    void theLastNewWriterWinsUntilItIsTakenBack(@ForAll("deliveries") Deliveries deliveries) {
        Set<String> gone = new HashSet<>();
        Map<String, String> now = new HashMap<>();
        for (Operation operation : deliveries.one) {
            if (operation.value == null) {
                now.remove(operation.id);
                gone.add(operation.id);
            } else if (!gone.contains(operation.id) && !now.containsKey(operation.id)) {
                gone.addAll(now.keySet());
                now.clear();
                now.put(operation.id, operation.value);
            }
        }
        assertThat(after(ResponseType.LWWN, deliveries.one).adds())
                .isEqualTo(now.entrySet().stream()
                        .map(add -> new ResponseState.Add(add.getValue(), List.of(add.getKey())))
                        .toList());
    }

    @Property(tries = 500)
    void nothingComesOfARepetition(@ForAll ResponseType type, @ForAll("deliveries") Deliveries deliveries) {
        ResponseState state = after(type, deliveries.one);
        if (type == ResponseType.SET) {
            assertThat(after(type, twice(deliveries.one))).isEqualTo(state);
        }
        for (Operation operation : deliveries.one) {
            assertThat(state.after(operation.of(type))).isEqualTo(state);
        }
    }

    @Property(tries = 200)
    void isReadAsItWasWritten(@ForAll ResponseType type, @ForAll("deliveries") Deliveries deliveries) {
        ResponseState state = after(type, deliveries.one);
        assertThat(ResponseState.of(state.json())).isEqualTo(state);
    }

    @Test
    void doesNotGrowForEver() {
        ResponseState state = ResponseState.NONE;
        for (int i = 0; i < 1_000; i++) {
            state = state.after(new Operation("id" + i, "v" + i % 2).of(ResponseType.LWW));
        }
        assertThat(state.removes()).hasSize(200).contains("id998");
    }

    private static List<Operation> twice(List<Operation> operations) {
        List<Operation> twice = new ArrayList<>(operations);
        twice.addAll(operations);
        return twice;
    }

    private static Map<Object, Set<String>> values(ResponseState state) {
        return state.adds().stream().collect(Collectors.toMap(ResponseState.Add::value, add -> Set.copyOf(add.ids())));
    }

    /** An id adds one value only; it may be taken back before it has come. */
    @Provide
    Arbitrary<Deliveries> deliveries() {
        Arbitrary<Operation> operations = Combinators.combine(
                        Arbitraries.integers().between(0, 7), Arbitraries.of(true, true, false))
                .as((id, adds) -> new Operation("id" + id, adds ? "value" + id % 3 : null));
        return operations
                .set()
                .ofMaxSize(12)
                .flatMap(all -> Combinators.combine(
                                Arbitraries.shuffle(List.copyOf(all)), Arbitraries.shuffle(List.copyOf(all)))
                        .as((one, other) -> new Deliveries(one, other)));
    }
}
