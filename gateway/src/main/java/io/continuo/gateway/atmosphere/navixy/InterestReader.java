package io.continuo.gateway.atmosphere.navixy;

import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Projection;
import io.continuo.gateway.subject.Interest.Target;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one of a message's requests (protocol/atmosphere.md §6.3). */
final class InterestReader {
    private static final int MOST_TRACKERS = 20_000;
    private static final int MOST_MONITORED = 10;
    /** Where none is given, so that what changes at the same time comes together. */
    private static final long USUAL_RATE_MS = 200;

    private static final long SLOWEST_MS = 3_600_000;
    private static final Pattern RATE = Pattern.compile("(\\d{1,7})\\s*(ms|s|m)");
    private static final Set<String> SENSOR_TYPES = Set.of(
            "fuel",
            "temperature",
            "rpm",
            "custom",
            "fuel_consumption",
            "instant_consumption",
            "power",
            "speed",
            "flow_meter",
            "acceleration",
            "state",
            "virtual_ignition");

    private InterestReader() {}

    /**
     * @param iso whether times are to be written as in ISO 8601
     * @throws Fault.Thrown when it makes no sense
     */
    static Interest read(JsonObject request, boolean iso) {
        Kind kind = kind(request.getValue("type"));
        return switch (kind) {
            case STATE ->
                new Interest(
                        kind,
                        new Interest.Selected(ids(request, "trackers", MOST_TRACKERS)),
                        new Projection(isCompact(request), null, true, iso),
                        0);
            case STATE_BATCH ->
                new Interest(
                        kind,
                        target(request, MOST_TRACKERS),
                        new Projection(isCompact(request), null, true, iso),
                        rate(request));
            case READINGS_BATCH ->
                new Interest(
                        kind,
                        target(request, MOST_TRACKERS),
                        new Projection(
                                false,
                                sensorType(request),
                                RequestReader.flag(request, "include_components", true),
                                iso),
                        rate(request));
            case IOT_MONITOR -> {
                flow(request);
                yield new Interest(
                        kind, target(request, MOST_MONITORED), new Projection(false, null, true, iso), rate(request));
            }
        };
    }

    static String wire(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Kind kind(@Nullable Object type) {
        return Arrays.stream(Kind.values())
                .filter(kind -> wire(kind).equals(type))
                .findFirst()
                .orElseThrow(() -> Fault.invalid(
                                "type must be one of state, state_batch, readings_batch, iot_monitor, messages, presence.")
                        .thrown());
    }

    private static Target target(JsonObject request, int most) {
        if (!(request.getValue("target") instanceof JsonObject target)) {
            throw Fault.invalid("target must be an object.").thrown();
        }
        Object type = target.getValue("type");
        if ("all".equals(type)) {
            return new Interest.All();
        }
        if ("selected".equals(type)) {
            return new Interest.Selected(ids(target, "tracker_ids", most));
        }
        throw Fault.invalid("type of a target must be all or selected.").thrown();
    }

    private static List<Long> ids(JsonObject object, String name, int most) {
        if (!(object.getValue(name) instanceof JsonArray given) || given.isEmpty()) {
            throw Fault.invalid(name + " must be a list of tracker ids.").thrown();
        }
        if (given.size() > most) {
            throw Fault.tooLarge("At most " + most + " trackers.").thrown();
        }
        Set<Long> ids = new LinkedHashSet<>();
        for (Object id : given) {
            if (!(id instanceof Integer || id instanceof Long)) {
                throw Fault.invalid(name + " must be a list of whole numbers.").thrown();
            }
            ids.add(((Number) id).longValue());
        }
        return List.copyOf(ids);
    }

    private static boolean isCompact(JsonObject request) {
        Object format = request.getValue("format");
        if (format == null || format.equals("full")) {
            return false;
        }
        if (format.equals("compact")) {
            return true;
        }
        throw Fault.invalid("format must be full or compact.").thrown();
    }

    private static @Nullable String sensorType(JsonObject request) {
        Object type = request.getValue("sensor_type");
        if (type == null) {
            return null;
        }
        if (type instanceof String known && SENSOR_TYPES.contains(known)) {
            return known;
        }
        throw Fault.invalid("There is no such sensor_type.").thrown();
    }

    private static long rate(JsonObject request) {
        Object given = request.getValue("rate_limit");
        if (given == null) {
            return USUAL_RATE_MS;
        }
        Matcher rate = RATE.matcher(given instanceof String text ? text.strip() : "");
        if (!rate.matches()) {
            throw Fault.invalid("rate_limit must be a text such as 5s, 500ms or 1m.")
                    .thrown();
        }
        long unitMs = switch (rate.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            default -> 60_000;
        };
        return Math.min(SLOWEST_MS, Long.parseLong(rate.group(1)) * unitMs);
    }

    /** Which flow the values come from makes no difference here. */
    private static void flow(JsonObject request) {
        Object flow = request.getValue("flow_id");
        if (flow != null && !(flow instanceof Number)) {
            throw Fault.invalid("flow_id must be a number.").thrown();
        }
    }
}
