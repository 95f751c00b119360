package io.continuo.presence.typing;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Who takes part in a conversation, as of at most two seconds ago. */
final class Audiences {
    private static final Duration LIFE = Duration.ofSeconds(2);
    private static final int CAPACITY = 1_000;

    private final ServiceClient services;
    private final BriefCache<ConversationRequest.GetAudience, List<String>> cache = new BriefCache<>(LIFE, CAPACITY);

    Audiences(ServiceClient services) {
        this.services = services;
    }

    /** The others in a conversation; fails when {@code user} takes no part in it, or the messaging service is away. */
    Future<List<String>> othersThan(String user, String conversationId) {
        return cache.get(new ConversationRequest.GetAudience(user, conversationId), this::ask);
    }

    private Future<List<String>> ask(ConversationRequest.GetAudience question) {
        return services.ask(question).map(reply -> {
            if (reply instanceof Reply.Audience audience) {
                return audience.users().stream()
                        .filter(user -> !user.equals(question.user()))
                        .toList();
            }
            throw new Refused();
        });
    }

    /** The answer was no, or there was none; a signal is dropped in silence either way (protocol/layer.md §9.1). */
    static final class Refused extends RuntimeException {
        Refused() {
            super("Not a participant, or unknown whether", null, false, false);
        }
    }
}
