package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.Identity;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.identity.UserChangeStore;
import io.continuo.messaging.identity.UserChangeStore.Change;
import io.continuo.messaging.identity.UserChangeStore.Place;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes events of pointers to users' changes. */
public final class UserEvents {
    private final UserChangeStore changes;
    private final Identities identities;

    public UserEvents(UserChangeStore changes, Identities identities) {
        this.changes = changes;
        this.identities = identities;
    }

    /** The events of {@code refs}; those of changes that are not kept any more are left out. */
    Future<Map<EventRef, Event>> resolve(Collection<EventRef.UserChanged> refs) {
        if (refs.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Place> places =
                refs.stream().map(ref -> new Place(ref.user(), ref.number())).toList();
        return changes.read(places)
                .compose(read -> followed(read.values()).map(profiles -> {
                    Map<EventRef, Event> events = new HashMap<>();
                    read.forEach((place, change) -> events.put(
                            new EventRef.UserChanged(place.user(), place.number()),
                            event(place.user(), change, profiles)));
                    return events;
                }));
    }

    private Future<Map<String, Identity>> followed(Collection<Change> changes) {
        List<String> users = changes.stream()
                .filter(Change.Followed.class::isInstance)
                .map(change -> ((Change.Followed) change).other())
                .distinct()
                .toList();
        return identities.profiles(users).map(profiles -> {
            Map<String, Identity> byUser = new HashMap<>();
            profiles.forEach(profile -> byUser.put(profile.person().userId(), profile));
            return byUser;
        });
    }

    private static Event event(String user, Change change, Map<String, Identity> profiles) {
        return switch (change) {
            case Change.Profile profile -> new Event.IdentityChanged(user, profile.changes());
            case Change.ProfileDeleted deleted -> new Event.IdentityDeleted(user);
            case Change.Followed followed ->
                new Event.Followed(user, profiles.getOrDefault(followed.other(), Identity.of(followed.other())));
            case Change.Unfollowed unfollowed -> new Event.Unfollowed(user, unfollowed.other());
            case Change.AnnouncementMarked marked ->
                new Event.AnnouncementMarked(user, marked.announcement(), marked.status());
            case Change.AnnouncementDismissed dismissed ->
                new Event.AnnouncementDeleted(user, dismissed.announcement());
        };
    }
}
