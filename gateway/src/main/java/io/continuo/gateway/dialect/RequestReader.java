package io.continuo.gateway.dialect;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.settings.LimitSettings;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads clients' JSON into requests to the services; throws {@link BadRequest}. Immutable. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class RequestReader {

    public RequestReader(Dialect dialect, LimitSettings limits) {}

    /** §7.2; {@code data} may be null when the client sent none. */
    public MessagingRequest.CreateConversation conversationCreate(String user, @Nullable JsonObject data) {
        throw new UnsupportedOperationException();
    }

    /** §7.3. {@code conversationId} is a bare UUID. */
    public MessagingRequest.CreateMessage messageCreate(String user, String conversationId, @Nullable JsonObject data) {
        throw new UnsupportedOperationException();
    }

    /** §13.5: {@code {"type": "read" | "delivery"}}. {@code messageId} is a bare UUID. */
    public MessagingRequest.MarkMessage receipt(String user, String messageId, @Nullable JsonObject data) {
        throw new UnsupportedOperationException();
    }

    /**
     * The bare UUID of a request's {@code object_id}, or of an id in a path.
     *
     * @param type plural, as in ids: {@code conversations}, {@code messages}
     * @throws BadRequest missing_property {@code object_id}, or not_found for what cannot be an id
     */
    public static String objectId(String type, @Nullable Object id) {
        throw new UnsupportedOperationException();
    }
}
