package io.continuo.gateway.dialect;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.ReadingList;
import io.continuo.common.model.Subject;
import io.continuo.common.model.Subject.Reading;
import io.continuo.common.model.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** Writes subjects as an app's backend reads them. Stateless. */
public final class SubjectWriter {
    private SubjectWriter() {}

    /** A subject with all its values. */
    public static String subject(Subject subject) {
        Subject.Facts facts = subject.facts();
        if (facts == null) {
            return "{}";
        }
        String head = new JsonObject()
                .put("id", subject.id().id())
                .put("source_id", facts.sourceId())
                .put("label", facts.label())
                .put("owner", facts.owner() == null ? null : UserId.given(facts.owner()))
                .put(
                        "shared_with",
                        new JsonArray(facts.shared().stream().map(UserId::given).toList()))
                .put("blocked", subject.blocked())
                .put("changed_at", time(subject.version()))
                .encode();
        return head.substring(0, head.length() - 1)
                + ",\"state\":" + state(subject)
                + ",\"readings\":" + readings(subject)
                + ",\"iot\":" + iot(subject)
                + "}";
    }

    public static String subjects(List<Subject> subjects) {
        return "["
                + String.join(",", subjects.stream().map(SubjectWriter::subject).toList()) + "]";
    }

    /** With the id that it goes by; {@code null} when there is none. */
    public static String state(Subject subject) {
        String json = subject.state().json();
        if (json.isEmpty() || subject.facts() == null) {
            return "null";
        }
        String id = "{\"source_id\":" + subject.facts().sourceId();
        return json.length() <= 2 ? id + "}" : id + "," + json.substring(1);
    }

    /** All lists, each in the order of its keys. */
    public static String readings(Subject subject) {
        StringBuilder text = new StringBuilder("{");
        for (ReadingList list : ReadingList.values()) {
            text.append(text.length() > 1 ? "," : "")
                    .append('"')
                    .append(list.wire())
                    .append("\":[")
                    .append(String.join(
                            ",",
                            subject.readings().stream()
                                    .filter(reading -> reading.list() == list && !reading.gone())
                                    .sorted(Comparator.comparing(Reading::key))
                                    .map(Reading::json)
                                    .toList()))
                    .append(']');
        }
        return text.append('}').toString();
    }

    /** {@code null} when there is none. */
    public static String iot(Subject subject) {
        return subject.iot().json().isEmpty() ? "null" : subject.iot().json();
    }

    /** What became of many writes. */
    public static JsonObject written(int entries, List<Reply.Rejection> rejections) {
        JsonArray rejected = new JsonArray();
        rejections.forEach(rejection -> {
            Reply.Failure failure = rejection.failure();
            JsonObject error = new JsonObject()
                    .put("index", rejection.place())
                    .put("id", failure.code().id())
                    .put("code", failure.code().code())
                    .put("message", failure.message());
            if (failure.property() != null) {
                error.put("data", new JsonObject().put("property", failure.property()));
            }
            rejected.add(error);
        });
        return new JsonObject().put("accepted", entries - rejections.size()).put("rejected", rejected);
    }

    private static String time(long version) {
        return Instant.EPOCH.plus(version, ChronoUnit.MICROS).toString();
    }
}
