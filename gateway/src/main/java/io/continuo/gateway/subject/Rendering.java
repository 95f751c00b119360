package io.continuo.gateway.subject;

import io.continuo.common.model.ReadingList;
import io.continuo.common.model.Subject.Reading;
import io.continuo.gateway.subject.Interest.Projection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A subject's values as clients read them (protocol/atmosphere.md §6.7); written once for all who want the same. */
final class Rendering {
    private static final List<String> COMPACT = List.of(
            "gps",
            "connection_status",
            "movement_status",
            "movement_status_update",
            "ignition",
            "ignition_update",
            "last_update");
    private static final int FORMS = 4;
    /** Whatever text is a time, to the letter, is taken for one. */
    private static final Pattern ISO =
            Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d{1,9})?Z\"");

    private static final Pattern PLAIN = Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)\"");

    private final View view;
    private final @Nullable String[] states = new String[FORMS];
    private long statesOf = -1;
    private @Nullable Set<String> components;

    Rendering(View view) {
        this.view = view;
    }

    void factsChanged() {
        statesOf = -1;
    }

    void readingsChanged() {
        components = null;
    }

    /** The state object. */
    String state(Projection projection) {
        if (statesOf != view.state().version()) {
            statesOf = view.state().version();
            java.util.Arrays.fill(states, null);
        }
        int form = (projection.compact() ? 1 : 0) + (projection.isoDates() ? 2 : 0);
        String known = states[form];
        if (known == null) {
            String json = projection.compact()
                    ? compact(view.state().json())
                    : view.state().json();
            known = times(joined("\"source_id\":" + view.sourceId(), json), projection);
            states[form] = known;
        }
        return known;
    }

    /**
     * The parts of the readings that were written since a version and, of a fresh client's, those that are not gone; empty
     * when the projection leaves none.
     *
     * @param since exclusive; {@link Seat#NOTHING} for a fresh client
     */
    Optional<String> readings(long since, Projection projection) {
        StringBuilder text = new StringBuilder("{");
        boolean any = false;
        for (ReadingList list : ReadingList.values()) {
            text.append(text.length() > 1 ? "," : "")
                    .append('"')
                    .append(list.wire())
                    .append("\":[");
            int start = text.length();
            for (Reading reading : view.readings()) {
                if (reading.list() == list
                        && reading.version() > since
                        && !(since == Seat.NOTHING && reading.gone())
                        && shows(reading, projection)) {
                    text.append(text.length() > start ? "," : "").append(reading.json());
                    any = true;
                }
            }
            text.append(']');
        }
        return any ? Optional.of(times(text.append('}').toString(), projection)) : Optional.empty();
    }

    /** An item of {@code iot_last_values}. */
    String iot() {
        return joined("\"tracker_id\":" + view.id().id(), view.iot().json());
    }

    private boolean shows(Reading reading, Projection projection) {
        boolean sensor = reading.list() == ReadingList.INPUTS || reading.list() == ReadingList.VIRTUAL_SENSORS;
        if (projection.sensorType() != null
                && !(sensor && (reading.gone() || projection.sensorType().equals(type(reading))))) {
            return false;
        }
        return projection.components() || !sensor || !components().contains(reading.key());
    }

    private static @Nullable String type(Reading reading) {
        return new JsonObject(reading.json()).getValue("type") instanceof String type ? type : null;
    }

    /** Sensors that are parts of composite ones. */
    private Set<String> components() {
        Set<String> known = components;
        if (known == null) {
            known = new HashSet<>();
            for (Reading reading : view.readings()) {
                if (reading.json().contains("composite_sensor_ids")
                        && new JsonObject(reading.json()).getValue("composite_sensor_ids") instanceof JsonArray ids) {
                    ids.stream().map(String::valueOf).forEach(known::add);
                }
            }
            components = known;
        }
        return known;
    }

    private static String compact(String state) {
        JsonObject whole = new JsonObject(state);
        JsonObject compact = new JsonObject();
        for (String field : COMPACT) {
            if (whole.containsKey(field)) {
                compact.put(field, whole.getValue(field));
            }
        }
        return compact.encode();
    }

    private static String joined(String first, String object) {
        return object.length() <= 2 ? "{" + first + "}" : "{" + first + "," + object.substring(1);
    }

    private static String times(String json, Projection projection) {
        Matcher other = (projection.isoDates() ? PLAIN : ISO).matcher(json);
        return other.find() ? other.replaceAll(projection.isoDates() ? "\"$1T$2Z\"" : "\"$1 $2\"") : json;
    }
}
