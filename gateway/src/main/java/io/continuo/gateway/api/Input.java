package io.continuo.gateway.api;

import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.continuo.gateway.dialect.BadRequest;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client gives to an {@link Operation}, by whichever way it comes. What is malformed is thrown as
 * {@link BadRequest}.
 *
 * @param user who asks
 * @param reader reads JSON in the client's version
 * @param names the parameters of the path, or of the {@code object_id}
 * @param content everything else
 */
public record Input(String user, RequestReader reader, Map<String, String> names, Content content) {
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_USERS = 1_000;

    /** A body and what goes with it. By REST these are two things, on a WebSocket both are in {@code data}. */
    public interface Content {
        /** Of REST's query. */
        Optional<String> parameter(String name);

        /** An empty one when there is none. */
        JsonObject object();

        /** An empty one when there is none. */
        JsonArray array();

        /** Layer Patch operations (protocol/layer.md §11). */
        JsonArray patch();
    }

    public Optional<String> parameter(String name) {
        return content.parameter(name).filter(given -> !given.isEmpty());
    }

    public JsonObject object() {
        return content.object();
    }

    public JsonArray array() {
        return content.array();
    }

    public JsonArray patch() {
        return content.patch();
    }

    /** The bare UUID of the parameter {@code :id}, of an object of {@code type} such as {@code messages}. */
    public String id(String type) {
        return id("id", type);
    }

    /** The bare UUID of the parameter {@code :name}. */
    public String id(String name, String type) {
        return RequestReader.objectId(type, names.get(name));
    }

    /** The parameter {@code :name} as it was given, decoded. */
    public String name(String name) {
        return names.getOrDefault(name, "");
    }

    /** The user of the caller's app whom the parameter {@code :name} names, by user id or identity id. */
    public String userNamed(String name) {
        return RequestReader.user(user, name, name(name));
    }

    /** As {@link #userNamed}; refuses what cannot be a user's id. */
    public String validUser(String name) {
        return user(name(name), name);
    }

    /** The users of the caller's app whom a list names, by user id or identity id. */
    public List<String> users(JsonArray ids, String property) {
        return users(ids, property, MOST_USERS);
    }

    /** As {@link #users(JsonArray, String)}, of {@code most} at once. */
    List<String> users(JsonArray ids, String property, int most) {
        if (ids.size() > most) {
            throw BadRequest.invalid(property, "There may be at most " + most + " users at once.");
        }
        return ids.stream().map(id -> user(id, property)).toList();
    }

    /** The user of the caller's app whom an id names, be it a user id or an identity id. */
    public String user(@Nullable Object id, String property) {
        String given = id instanceof String text ? LayerId.userId(text) : "";
        if (!UserId.isValid(given)) {
            throw BadRequest.invalid(property, "Each of " + property + " must be the id of a user.");
        }
        return UserId.beside(user, given);
    }

    /** Whether a parameter is {@code true}; one that is missing is not. */
    public boolean isTrue(String name) {
        return parameter(name).filter("true"::equals).isPresent();
    }

    /** {@code page_size}, at most 100 and by default as many; more gets the largest page (§13.1). */
    public int pageSize() {
        return pageSize(LARGEST_PAGE);
    }

    /** {@code page_size}, at most {@code largest} and by default as many; more gets the largest page (§13.1). */
    public int pageSize(int largest) {
        String given = parameter("page_size").orElse("");
        if (given.isEmpty()) {
            return largest;
        }
        if (!given.matches("0*[1-9]\\d{0,8}")) {
            throw BadRequest.invalid("page_size", "page_size must be a number from 1 to " + largest + ".");
        }
        return Math.min(Integer.parseInt(given), largest);
    }

    /** {@code from_id}, the bare UUID of the object after which a page starts; null for the first page. */
    public @Nullable String after(String type) {
        return parameter("from_id")
                .map(given -> RequestReader.objectId(type, given))
                .orElse(null);
    }

    /** For whom {@code mode} says something is to be deleted (§13.4, §13.5). */
    public boolean isForEveryone() {
        if (isTrue("destroy")) {
            return true;
        }
        return switch (parameter("mode").orElse("")) {
            case "all_participants" -> true;
            case "my_devices" -> false;
            case "" -> throw BadRequest.missing("mode");
            default -> throw BadRequest.invalid("mode", "mode must be all_participants or my_devices.");
        };
    }
}
