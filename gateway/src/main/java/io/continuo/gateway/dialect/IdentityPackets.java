package io.continuo.gateway.dialect;

import io.continuo.common.event.Event;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import io.continuo.common.model.LayerId;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of change packets about identities (protocol/layer.md §8.3, §8.4), for 2.0 and 3.0. */
final class IdentityPackets {
    private final Links links;
    private final String update;
    private final ObjectWriter objects;

    /** @param update what the dialect calls a modification */
    IdentityPackets(Links links, String update, ObjectWriter objects) {
        this.links = links;
        this.update = update;
        this.objects = objects;
    }

    /** Somebody is followed from now on (§13.8). */
    String create(Identity identity) {
        JsonText json = packet("create", identity.person().userId());
        objects.identity(json.key("data"), identity);
        return json.close().toString();
    }

    String change(Event.IdentityChanged changed) {
        JsonText json = packet(update, changed.user()).key("data").openArray();
        changed.changes().forEach(change -> operation(json, change));
        return json.closeArray().close().toString();
    }

    /** Followed no more, or gone. */
    String delete(String user) {
        return packet("delete", user).field("data", null).close().toString();
    }

    private JsonText packet(String operation, String user) {
        JsonText json = new JsonText().open().field("operation", operation);
        PacketWriter.objectReference(json, "Identity", LayerId.identity(user), links.identity(user));
        return json;
    }

    private static void operation(JsonText json, IdentityChange change) {
        switch (change) {
            case IdentityChange.SetField set ->
                PacketWriter.set(json, set.field().wire())
                        .field("value", value(set))
                        .close();
            case IdentityChange.SetProfileMetadata set ->
                PacketWriter.set(json, PacketWriter.metadata(set.path()))
                        .key("value")
                        .any(set.value())
                        .close();
            case IdentityChange.DeleteProfileMetadata delete ->
                json.open()
                        .field("operation", "delete")
                        .field("property", PacketWriter.metadata(delete.path()))
                        .close();
        }
    }

    /** As the whole object shows it: no avatar is null. */
    private static @Nullable String value(IdentityChange.SetField set) {
        return set.field() == IdentityField.AVATAR_URL && set.value().isEmpty() ? null : set.value();
    }
}
