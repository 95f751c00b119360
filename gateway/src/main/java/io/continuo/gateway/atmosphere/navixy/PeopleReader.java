package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.event.Position;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the requests that are our own. */
final class PeopleReader {
    private static final int MOST_USERS = 1_000;

    private PeopleReader() {}

    static boolean isMeant(JsonObject request) {
        Object type = request.getValue("type");
        return People.MESSAGES.equals(type) || People.PRESENCE.equals(type);
    }

    /**
     * @param soFar to which it is added
     * @throws Fault.Thrown when it makes no sense
     */
    static People read(JsonObject request, People soFar) {
        return People.MESSAGES.equals(request.getValue("type"))
                ? soFar.with(new People.Messages(since(request)))
                : soFar.with(new People.Presence(only(request)));
    }

    private static Optional<Position> since(JsonObject request) {
        Object given = request.getValue("since");
        if (given == null) {
            return Optional.empty();
        }
        Optional<Position> since = given instanceof String text ? Position.parse(text) : Optional.empty();
        if (since.isEmpty()) {
            throw Fault.invalid("since must be the position of an event.").thrown();
        }
        return since;
    }

    private static List<String> only(JsonObject request) {
        Object target = request.getValue("target");
        if (target == null) {
            return List.of();
        }
        if (!(target instanceof JsonObject object)) {
            throw Fault.invalid("target must be an object.").thrown();
        }
        Object type = object.getValue("type");
        if ("all".equals(type)) {
            return List.of();
        }
        if ("selected".equals(type)) {
            return users(object);
        }
        throw Fault.invalid("type of a target must be all or selected.").thrown();
    }

    private static List<String> users(JsonObject target) {
        if (!(target.getValue("user_ids") instanceof JsonArray given) || given.isEmpty()) {
            throw Fault.invalid("user_ids must be a list of user ids.").thrown();
        }
        if (given.size() > MOST_USERS) {
            throw Fault.tooLarge("At most " + MOST_USERS + " users.").thrown();
        }
        Set<String> users = new LinkedHashSet<>();
        for (Object id : given) {
            String user = id instanceof String text ? LayerId.userId(text) : "";
            if (!UserId.isValid(user)) {
                throw Fault.invalid("user_ids must be a list of user ids.").thrown();
            }
            users.add(user);
        }
        return List.copyOf(users);
    }
}
