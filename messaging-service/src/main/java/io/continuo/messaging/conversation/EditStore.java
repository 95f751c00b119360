package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changed parts of messages in Redis. What was sent stays as it is in {@link MessageStore}; {@code {c<p>}:conv:<id>:edits}
 * holds what the parts are now: position → {@code <version> <at> <parts as JSON>}. A change is made from one version and
 * accepted only if that is still the newest, so that none gets lost.
 */
public final class EditStore {
    private static final Script CHANGE = Script.load(EditStore.class, "outbox.lua", "edit.lua", "change_parts.lua");

    private final RedisLink redis;
    private final Partitions partitions;

    public EditStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /**
     * The parts of a message as they are now.
     *
     * @param version counts changes; 0 for what was sent
     * @param at when they were changed last, milliseconds since the epoch; 0 when never
     */
    public record Edit(long version, long at, List<Part> parts) {

        /** The time of a change that is made now: later than all before, whatever the clock says. */
        long after(long sentAt) {
            return Math.max(System.currentTimeMillis(), Math.max(sentAt, at) + 1);
        }
    }

    /**
     * A change that was made from a version of a message's parts.
     *
     * @param from the version
     * @param at milliseconds since the epoch
     * @param parts all of them, as they are to be
     * @param part whose change it is
     */
    record Draft(Place place, long from, long at, List<Part> parts, PartChange change, String part, String author) {
        EventRef.PartChanged ref() {
            return new EventRef.PartChanged(place.conversation(), place.position(), change, part, author);
        }

        Edit edit() {
            return new Edit(from + 1, at, parts);
        }
    }

    /** What became of a draft. */
    sealed interface Result {
        record Accepted(io.continuo.messaging.outbox.Accepted accepted) implements Result {}

        /** It was made from what is old by now. */
        record Overtaken() implements Result {}

        record MessageGone() implements Result {}

        record NeverTookPart() implements Result {}

        record TakesPartNoMore() implements Result {}
    }

    /** The parts of the messages at {@code places} that were changed. */
    public Future<Map<Place, Edit>> read(List<Place> places) {
        if (places.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Request> requests = new ArrayList<>(places.size());
        for (Place place : places) {
            requests.add(Request.cmd(Command.HGET)
                    .arg(Keys.edits(partitions.of(place.conversation()), place.conversation()))
                    .arg(place.position()));
        }
        return redis.batch(requests).map(answers -> {
            Map<Place, Edit> edits = new HashMap<>();
            for (int i = 0; i < places.size(); i++) {
                @Nullable Response answer = answers.get(i);
                if (answer != null) {
                    edits.put(places.get(i), edit(answer.toString()));
                }
            }
            return edits;
        });
    }

    private static Edit edit(String text) {
        String[] fields = text.split(" ", 3);
        return new Edit(Long.parseLong(fields[0]), Long.parseLong(fields[1]), StoredJson.parts(fields[2]));
    }

    /** @param user who has to take part, or the app's backend */
    Future<Result> change(String user, Draft draft) {
        Place place = draft.place;
        int partition = partitions.of(place.conversation());
        List<String> keys = List.of(
                Keys.conversation(partition, place.conversation()),
                Keys.participants(partition, place.conversation()),
                Keys.former(partition, place.conversation()),
                Keys.messages(partition, place.conversation()),
                Keys.edits(partition, place.conversation()),
                Keys.stamp(partition),
                Keys.outbox(partition));
        EventRef ref = draft.ref();
        return redis.run(
                        CHANGE,
                        keys,
                        user,
                        place.position(),
                        draft.from,
                        draft.at,
                        StoredJson.text(draft.parts),
                        ref.text())
                .map(answer -> switch (answer.get(0).toInteger()) {
                    case 1 ->
                        new Result.Accepted(new Accepted(
                                partition, answer.get(1).toLong(), answer.get(2).toLong(), ref));
                    case 0 -> new Result.Overtaken();
                    case -2 -> new Result.TakesPartNoMore();
                    case -3 -> new Result.MessageGone();
                    default -> new Result.NeverTookPart();
                });
    }
}
