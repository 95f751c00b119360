package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;

/**
 * The absolute URLs of objects (protocol/layer.md §2).
 *
 * @param base where our paths start, without a trailing slash
 */
public record Links(String base) {

    public String conversations() {
        return base + "/conversations";
    }

    public String conversation(String uuid) {
        return base + "/conversations/" + uuid;
    }

    public String messages(String conversationUuid) {
        return conversation(conversationUuid) + "/messages";
    }

    public String message(String uuid) {
        return base + "/messages/" + uuid;
    }

    public String receipts(String messageUuid) {
        return message(messageUuid) + "/receipts";
    }

    public String part(String messageUuid, String partUuid) {
        return message(messageUuid) + "/parts/" + partUuid;
    }

    public String identity(String userId) {
        return base + "/identities/" + LayerId.encode(UserId.given(userId));
    }

    public String content() {
        return base + "/content";
    }

    public String content(String uuid) {
        return base + "/content/" + uuid;
    }

    public String nonces() {
        return base + "/nonces";
    }

    public String sessions() {
        return base + "/sessions";
    }

    /** The socket's URL: {@code ws} for {@code http}, {@code wss} for {@code https}. */
    public String websocket() {
        return "ws" + base.substring("http".length()) + "/websocket";
    }

    /** The page that explains an error. */
    public String error(ErrorCode code) {
        return base + "/docs/errors#" + code.code();
    }
}
