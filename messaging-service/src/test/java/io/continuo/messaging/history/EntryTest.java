package io.continuo.messaging.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.model.LayerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final String CONVERSATION = LayerId.newUuid();

    @Test
    void bearsTheConversationInItsNameAndTheRestInFewCharacters() {
        EventRef message = new EventRef.MessageCreated(CONVERSATION, 1_000 * 4_096L, 1_000);
        assertThat(Entry.field(message)).isEqualTo(ShortId.of(CONVERSATION));
        assertThat(Entry.value(message)).isEqualTo("m1000");
        assertThat(Entry.value(new EventRef.MessageCreated(CONVERSATION, 4_096, 7)))
                .isEqualTo("m1:7");
        assertThat(Entry.value(new EventRef.ConversationCreated(CONVERSATION))).isEqualTo("c");
        for (EventRef user : List.of(new EventRef.UserChanged("ines", 7), new EventRef.UserChanged("1:2", 7))) {
            assertThat(Entry.field(user)).isEqualTo("e");
            assertThat(Entry.value(user)).isEqualTo(user.text());
        }
    }
}
