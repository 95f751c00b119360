package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;

/**
 * The absolute URLs of objects (protocol/layer.md §2).
 *
 * @param base where the paths of objects start, without a trailing slash
 * @param root where our paths start
 */
public record Links(String base, String root) {

    public Links(String base) {
        this(base, base);
    }

    /** The same as the Server API has it, for the app that it is about (§14.1). */
    public Links ofApp(String app) {
        return new Links(root + "/apps/" + app, root);
    }

    public String conversations() {
        return base + "/conversations";
    }

    public String conversation(String uuid) {
        return base + "/conversations/" + uuid;
    }

    public String channel(String uuid) {
        return base + "/channels/" + uuid;
    }

    /** @param id of {@link ContainerId} */
    public String container(String id) {
        return ContainerId.isChannel(id) ? channel(ContainerId.uuid(id)) : conversation(id);
    }

    /** @param channelId of {@link ContainerId} */
    public String membership(String channelId, String userId) {
        return container(channelId) + "/members/" + LayerId.encode(UserId.given(userId));
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

    /** Of the app that these links are about. */
    public String webhook(String uuid) {
        return base + "/webhooks/" + uuid;
    }

    public String announcement(String uuid) {
        return base + "/announcements/" + uuid;
    }

    public String content() {
        return root + "/content";
    }

    public String content(String uuid) {
        return root + "/content/" + uuid;
    }

    public String nonces() {
        return root + "/nonces";
    }

    public String sessions() {
        return root + "/sessions";
    }

    /** The socket's URL: {@code ws} for {@code http}, {@code wss} for {@code https}. */
    public String websocket() {
        return "ws" + root.substring("http".length()) + "/websocket";
    }

    /** The page that explains an error. */
    public String error(ErrorCode code) {
        return root + "/docs/errors#" + code.code();
    }
}
