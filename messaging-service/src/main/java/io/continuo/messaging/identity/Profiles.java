package io.continuo.messaging.identity;

import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;
import static io.continuo.common.bus.ErrorCode.MISSING_PROPERTY;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.event.Position;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import io.continuo.messaging.outbox.UserOutbox;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How profiles come, change and go (protocol/layer.md §14.1). Whatever asks for a change, the difference to what was
 * there is what those who follow the user are told; where there is none, nobody is.
 */
public final class Profiles {
    private static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "There is no such identity.");
    private static final int ATTEMPTS = 20;

    private final UserChangeStore store;
    private final Identities identities;
    private final UserOutbox outbox;

    public Profiles(UserChangeStore store, Identities identities, UserOutbox outbox) {
        this.store = store;
        this.identities = identities;
        this.outbox = outbox;
    }

    /** What is to become of a profile. */
    private sealed interface Outcome {
        record Put(Identity identity) implements Outcome {}

        record Remove() implements Outcome {}

        record Leave(Reply reply) implements Outcome {}
    }

    public Future<Reply> create(UserRequest.CreateIdentity request) {
        return edit(
                        request.user(),
                        there -> there.<Outcome>map(identity -> new Outcome.Leave(new Reply.Failure(
                                        ID_IN_USE, "This user has an identity.", null, found(identity))))
                                .orElseGet(() -> new Outcome.Put(request.identity())))
                .map(reply -> reply instanceof Reply.Done ? found(request.identity()) : reply);
    }

    public Future<Reply> replace(UserRequest.ReplaceIdentity request) {
        return edit(request.user(), there -> new Outcome.Put(request.identity()));
    }

    public Future<Reply> change(UserRequest.ChangeIdentity request) {
        return edit(
                request.user(),
                there -> there.map(identity -> changed(identity, request.changes()))
                        .orElseGet(() -> new Outcome.Leave(UNKNOWN)));
    }

    private static Outcome changed(Identity before, List<IdentityChange> changes) {
        Optional<Identity> after = IdentityPatch.apply(before, changes);
        if (after.isEmpty()) {
            return new Outcome.Leave(Reply.Failure.ofProperty(
                    INVALID_PROPERTY, "metadata", "A path leads through a value that is not an object."));
        }
        return after.get().text(IdentityField.DISPLAY_NAME).isBlank()
                ? new Outcome.Leave(
                        Reply.Failure.ofProperty(MISSING_PROPERTY, "display_name", "An identity needs a display_name."))
                : new Outcome.Put(after.get());
    }

    public Future<Reply> delete(UserRequest.DeleteIdentity request) {
        return edit(request.user(), there -> there.isPresent() ? new Outcome.Remove() : new Outcome.Leave(UNKNOWN));
    }

    /** Takes over what a login tells of a user; what it does not tell stays. */
    Future<Reply> refresh(Identity told) {
        String user = told.person().userId();
        return edit(user, there -> {
            Identity before = there.orElseGet(() -> Identity.of(user));
            Identity after = Identity.of(
                    user,
                    field -> told.text(field).isEmpty() || field == IdentityField.TYPE
                            ? before.text(field)
                            : told.text(field),
                    told.metadata().isEmpty() ? before.metadata() : told.metadata());
            boolean isNews = !after.equals(before);
            return isNews ? new Outcome.Put(after) : new Outcome.Leave(Reply.Done.INSTANCE);
        });
    }

    public Future<Reply> get(UserRequest.GetIdentity request) {
        return identities
                .wasDeleted(request.user())
                .compose(gone -> gone
                        ? Future.succeededFuture(UNKNOWN)
                        : identities.identity(request.user()).map(Profiles::found));
    }

    public Future<Reply> get(UserRequest.GetProfile request) {
        return store.read(request.user())
                .map(profile -> profile.identity().map(Profiles::found).orElse(UNKNOWN));
    }

    private Future<Reply> edit(String user, Function<Optional<Identity>, Outcome> edit) {
        return edit(user, edit, 1);
    }

    /** Reads, decides, and saves if nothing has happened meanwhile; else once more. */
    private Future<Reply> edit(String user, Function<Optional<Identity>, Outcome> edit, int attempt) {
        return store.read(user).compose(profile -> switch (edit.apply(profile.identity())) {
            case Outcome.Leave leave -> outbox.announce(user, profile.number()).map(leave.reply());
            case Outcome.Remove remove -> saved(user, edit, attempt, store.delete(profile.number(), user));
            case Outcome.Put put -> {
                List<IdentityChange> changes =
                        IdentityPatch.difference(profile.identity().orElseGet(() -> Identity.of(user)), put.identity());
                boolean isThere = profile.identity().isPresent() && changes.isEmpty();
                yield isThere
                        ? outbox.announce(user, profile.number()).map(Reply.Done.INSTANCE)
                        : saved(user, edit, attempt, store.save(profile.number(), put.identity(), changes));
            }
        });
    }

    private Future<Reply> saved(
            String user, Function<Optional<Identity>, Outcome> edit, int attempt, Future<Optional<Long>> saving) {
        return saving.compose(number -> {
            if (number.isPresent()) {
                identities.forget(user);
                return outbox.announce(user, number.get()).map(Reply.Done.INSTANCE);
            }
            return attempt < ATTEMPTS
                    ? edit(user, edit, attempt + 1)
                    : Future.failedFuture(new IllegalStateException("A profile changes all the time: " + user));
        });
    }

    private static Reply found(Identity identity) {
        return new Reply.IdentityFound(identity, Position.BEGINNING);
    }
}
