package io.continuo.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.UserId;
import io.continuo.gateway.dialect.BadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an app's backend gives to a {@link SubjectOperation}. What is malformed is thrown as {@link BadRequest}.
 *
 * @param backend the asking backend's user id
 * @param names the parameters of the path, decoded
 * @param query gives the parameters of the query
 * @param body as it came
 */
public record SubjectInput(
        String backend, Map<String, String> names, Function<String, Optional<String>> query, String body) {
    private static final int LARGEST_PAGE = 500;
    private static final int MOST_USERS = 1_000;

    /** The subject in the path. */
    SubjectId subject() {
        return SubjectId.beside(backend, number(names.getOrDefault("id", "")));
    }

    /** The kind in the path. */
    SubjectKind kind() {
        return SubjectKind.of(names.getOrDefault("kind", ""))
                .orElseThrow(() -> BadRequest.of(
                        ErrorCode.NOT_FOUND, "A subject has a state, readings and iot, and nothing of that name."));
    }

    JsonNode json() {
        return SubjectReader.json(body);
    }

    ObjectNode object() {
        return SubjectReader.object(json());
    }

    /** The user in the path. */
    String user(String name) {
        return user(name, LayerId.userId(names.getOrDefault(name, "")));
    }

    @Nullable Long after() {
        return query.apply("from_id").map(SubjectInput::number).orElse(null);
    }

    int pageSize() {
        String given = query.apply("page_size").orElse("");
        if (given.isEmpty()) {
            return LARGEST_PAGE;
        }
        if (!given.matches("0*[1-9]\\d{0,8}")) {
            throw BadRequest.invalid("page_size", "page_size must be a number from 1 to " + LARGEST_PAGE + ".");
        }
        return Math.min(Integer.parseInt(given), LARGEST_PAGE);
    }

    @Nullable String owner(ObjectNode body) {
        JsonNode owner = body.path("owner");
        if (owner.isMissingNode() || owner.isNull()) {
            return null;
        }
        return user("owner", owner.isTextual() ? LayerId.userId(owner.textValue()) : "");
    }

    @Nullable List<String> shared(ObjectNode body) {
        JsonNode shared = body.path("shared_with");
        if (shared.isMissingNode()) {
            return null;
        }
        if (!shared.isArray() || shared.size() > MOST_USERS) {
            throw BadRequest.invalid("shared_with", "shared_with must be a list of at most " + MOST_USERS + " users.");
        }
        List<String> users = new ArrayList<>();
        shared.forEach(one -> users.add(user("shared_with", one.isTextual() ? LayerId.userId(one.textValue()) : "")));
        return users;
    }

    private String user(String property, String given) {
        if (!UserId.isValid(given)) {
            throw BadRequest.invalid(property, property + " must be the id of a user.");
        }
        return UserId.beside(backend, given);
    }

    private static long number(String text) {
        if (text.matches("[1-9]\\d{0,15}") && SubjectReader.isId(Long.parseLong(text))) {
            return Long.parseLong(text);
        }
        throw BadRequest.of(ErrorCode.NOT_FOUND, "There is no such subject: their ids are whole numbers from 1.");
    }
}
