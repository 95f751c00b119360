package io.continuo.messaging.content;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.model.Message;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** Which messages use which content; what none uses any more goes. */
public final class ContentUses {
    private final ContentStore store;
    private final EventBus bus;

    public ContentUses(ContentStore store, EventBus bus) {
        this.store = store;
        this.bus = bus;
    }

    /** From now on a message uses the content of its parts; may be repeated. */
    public Future<Void> use(Message message) {
        List<String> ids = Contents.ids(message.parts());
        return ids.isEmpty()
                ? Future.succeededFuture()
                : store.use(new Place(message.conversationId(), message.position()), message.id(), ids);
    }

    /** A message is gone, and what only it has used; may be repeated. */
    public Future<Void> release(Place place) {
        return store.release(place).onSuccess(this::drop).mapEmpty();
    }

    /** A conversation is gone, and what only its messages have used; may be repeated. */
    public Future<Void> release(String conversation) {
        return store.release(conversation).onSuccess(this::drop).mapEmpty();
    }

    private void drop(List<String> ids) {
        if (!ids.isEmpty()) {
            bus.publish(Addresses.GATEWAYS, new GatewayMessage.DropContent(ids));
        }
    }
}
