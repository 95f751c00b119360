package io.continuo.gateway.dialect;

import io.continuo.common.model.Notification;
import io.continuo.common.model.Notification.Wording;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how a message's recipients are to be notified (protocol/layer.md §13.12). */
final class NotificationReader {
    private static final int LONGEST_TEXT = 2_048;
    private static final List<String> KEYS =
            List.of("category", "title-loc-key", "loc-key", "action-loc-key", "apns.launch-image");
    private static final List<String> ARGUMENTS = List.of("title-loc-args", "loc-args");

    private final int mostRecipients;

    NotificationReader(int mostRecipients) {
        this.mostRecipients = mostRecipients;
    }

    /** @param user who sends; recipients are people of the same app */
    @Nullable Notification read(String user, @Nullable Object given) {
        return switch (given) {
            case null -> null;
            case JsonObject object -> notification(user, object);
            default -> throw BadRequest.invalid("notification", "notification must be an object.");
        };
    }

    private Notification notification(String user, JsonObject given) {
        List<Wording> wordings = new ArrayList<>(List.of(wording(given)));
        Map<String, Integer> recipients = recipients(user, given.getValue("recipients"), wordings);
        return new Notification(wordings, recipients, options(given));
    }

    private static Wording wording(JsonObject given) {
        return new Wording(text(given, "title"), text(given, "text"), text(given, "sound"));
    }

    /** Equal wordings are kept once. */
    private Map<String, Integer> recipients(String user, @Nullable Object given, List<Wording> wordings) {
        if (given == null) {
            return Map.of();
        }
        if (!(given instanceof JsonArray list) || list.size() > mostRecipients) {
            throw BadRequest.invalid(
                    "notification.recipients", "recipients must be a list of at most " + mostRecipients + " objects.");
        }
        Map<String, Integer> recipients = new LinkedHashMap<>();
        for (Object element : list) {
            if (!(element instanceof JsonObject one)) {
                throw BadRequest.invalid("notification.recipients", "Each recipient must be an object.");
            }
            Wording own = wording(one);
            int known = wordings.lastIndexOf(own);
            if (known < 1) {
                known = wordings.size();
                wordings.add(own);
            }
            recipients.put(who(user, one), known);
        }
        return recipients;
    }

    /** By {@code recipient} since 2.0, by {@code user_id} in 1.0; clients mix them. */
    private static String who(String user, JsonObject one) {
        Object named = one.getValue("recipient");
        Object given = named instanceof JsonObject identity ? identity.getValue("id") : named;
        Object id = given == null ? one.getValue("user_id") : given;
        if (id == null) {
            throw BadRequest.missing("notification.recipients.recipient");
        }
        return RequestReader.user(user, "notification.recipients", id);
    }

    private static Map<String, Object> options(JsonObject given) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (String key : KEYS) {
            String value = text(given, key);
            if (value != null) {
                options.put(key, value);
            }
        }
        for (String key : ARGUMENTS) {
            if (given.getValue(key) != null) {
                options.put(key, arguments(key, given.getValue(key)));
            }
        }
        Object data = given.getValue("data");
        if (data != null) {
            if (!(data instanceof JsonObject object)) {
                throw BadRequest.invalid("notification.data", "data must be an object.");
            }
            options.put("data", object.getMap());
        }
        return options;
    }

    private static List<String> arguments(String key, @Nullable Object given) {
        if (given instanceof JsonArray list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(Object::toString).toList();
        }
        throw BadRequest.invalid("notification." + key, key + " must be a list of strings.");
    }

    private static @Nullable String text(JsonObject given, String key) {
        Object value = given.getValue(key);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() <= LONGEST_TEXT) {
            return text;
        }
        throw BadRequest.invalid(
                "notification." + key, key + " must be a string of at most " + LONGEST_TEXT + " characters.");
    }
}
