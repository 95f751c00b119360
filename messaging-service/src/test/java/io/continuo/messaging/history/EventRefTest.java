package io.continuo.messaging.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.model.ContainerId;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.ReceiptStatus;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventRefTest {

    @Property(tries = 300)
    void isReadAsItWasWritten(@ForAll("refs") EventRef ref) {
        assertThat(EventRef.parse(ref.text())).isEqualTo(ref);
    }

    @Property(tries = 100)
    void aPointerToAMessageIsFarSmallerThanTheMessage(@ForAll("refs") EventRef ref) {
        if (ref instanceof EventRef.MessageCreated created && created.fewer().isEmpty()) {
            assertThat(ref.text().length()).isLessThan(46);
        }
    }

    @Provide
    Arbitrary<EventRef> refs() {
        Arbitrary<String> messages = Arbitraries.create(LayerId::newUuid);
        Arbitrary<String> conversations = Arbitraries.oneOf(messages, messages.map(ContainerId::channel));
        Arbitrary<Long> positions =
                Arbitraries.longs().between(1, 1_000_000_000).map(n -> n * Message.POSITION_STEP);
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 1_000_000);
        Arbitrary<String> users = Arbitraries.strings().ofMinLength(1).ofMaxLength(30);
        Arbitrary<ReceiptStatus> statuses = Arbitraries.of(ReceiptStatus.DELIVERED, ReceiptStatus.READ);
        return Arbitraries.oneOf(
                conversations.map(EventRef.ConversationCreated::new),
                Combinators.combine(conversations, positions, counts)
                        .as((id, position, total) -> new EventRef.MessageCreated(id, position, total)),
                Combinators.combine(conversations, positions, users)
                        .as((id, position, user) -> new EventRef.MessageCreated(id, position, 1, Map.of(user, 1))),
                Combinators.combine(conversations, users).as(EventRef.ConversationCut::new),
                Combinators.combine(conversations, positions, users).as(EventRef.ConversationReturned::new),
                Combinators.combine(conversations, positions, counts, Arbitraries.of(true, false), conversations, users)
                        .as((id, at, total, unread, message, user) ->
                                new EventRef.MessageHidden(id, at, total, unread, message, "", user)),
                Combinators.combine(conversations, positions, counts).as(EventRef.ConversationJoined::new),
                Combinators.combine(conversations, positions).as(EventRef.ConversationChanged::new),
                Combinators.combine(conversations, Arbitraries.of(DeletionMode.values()))
                        .as(EventRef.ConversationDeleted::new),
                Combinators.combine(conversations, positions, counts, messages, messages)
                        .as((id, at, total, message, last) -> new EventRef.MessageDeleted(
                                id, at, total, message, last, Map.of("a:\"b", "3:" + last))),
                Combinators.combine(conversations, positions, Arbitraries.of(PartChange.values()), conversations, users)
                        .as(EventRef.PartChanged::new),
                Combinators.combine(messages.map(ContainerId::channel), positions, users)
                        .as(EventRef.ChannelJoined::new),
                Combinators.combine(conversations, positions, statuses, users).as(EventRef.ReceiptChanged::new),
                Combinators.combine(conversations, positions, positions, Arbitraries.of(true, false), counts, users)
                        .as(EventRef.AllRead::new),
                conversations.map(EventRef.AnnouncementCreated::new),
                users.map(EventRef.ChangesLost::new),
                Combinators.combine(users, positions).as(EventRef.UserChanged::new));
    }
}
