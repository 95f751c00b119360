package io.continuo.presence.subject;

import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.Subject;
import io.continuo.common.model.Subject.Facts;
import io.continuo.common.model.Subject.Milestone;
import io.continuo.common.model.Subject.Reading;
import io.continuo.common.model.Subject.Standing;
import io.continuo.common.model.Subject.Value;
import io.continuo.common.model.SubjectId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.Loops;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Subjects in Redis: {@link Keys#subject} with {@link Keys#subjectReadings} and {@link Keys#subjectLifecycle}, changed by
 * scripts only, which give each change the next version. A subject that has ended is remembered for a week, so that those
 * who were away learn of it. Everything goes in pipelines.
 */
final class SubjectStore {
    private static final Script WRITE = Script.load(SubjectStore.class, "write.lua");
    private static final Script DELETE = Script.load(SubjectStore.class, "delete.lua");
    private static final Script WATCH = Script.load(SubjectStore.class, "watch.lua");
    private static final Script UNWATCH = Script.load(SubjectStore.class, "unwatch.lua");
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final int MICROS = 1_000_000;

    private final RedisLink redis;

    SubjectStore(RedisLink redis) {
        this.redis = redis;
    }

    /** To be called, and to be waited for, before anything else. */
    Future<Void> prepare() {
        return redis.prepare(WRITE, DELETE, WATCH, UNWATCH);
    }

    /** Writes all that it can, each by itself; the answers are in the order of {@code drafts}. */
    Future<List<Written>> write(List<Draft> drafts) {
        return redis.batch(drafts.stream().map(SubjectStore::write).toList()).map(answers -> {
            List<Written> written = new ArrayList<>(answers.size());
            answers.forEach(answer -> written.add(written(answer)));
            return written;
        });
    }

    /** What merging has to know, in the order of {@code wants}. */
    Future<List<Current>> current(List<Want> wants) {
        List<Request> requests = new ArrayList<>(2 * wants.size());
        for (Want want : wants) {
            requests.add(Request.cmd(Command.HMGET)
                    .arg(Keys.subject(want.subject()))
                    .arg("v")
                    .arg("standing")
                    .arg("state")
                    .arg(want.iot() ? "iot" : "-"));
            if (!want.readings().isEmpty()) {
                Request parts = Request.cmd(Command.HMGET).arg(Keys.subjectReadings(want.subject()));
                want.readings().forEach(parts::arg);
                requests.add(parts);
            }
        }
        return redis.batch(requests).map(answers -> {
            List<Current> all = new ArrayList<>(wants.size());
            int next = 0;
            for (Want want : wants) {
                Response fields = Objects.requireNonNull(answers.get(next++));
                Response parts = want.readings().isEmpty() ? null : answers.get(next++);
                all.add(current(want, fields, parts));
            }
            return all;
        });
    }

    /** Ends a subject. */
    Future<Written> delete(SubjectId subject) {
        return redis.run(DELETE, keys(subject), REMEMBERED.toMillis()).map(SubjectStore::written);
    }

    /** In the order of {@code subjects}. */
    Future<List<Subject>> read(List<SubjectId> subjects) {
        return watch("", 0, subjects, subjects.stream().map(each -> -1L).toList());
    }

    /** Those that are not as known, in order; from now on {@code loop} watches all that are there. */
    Future<List<Subject>> watch(String loop, long token, List<SubjectId> subjects, List<Long> known) {
        List<Request> requests = new ArrayList<>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            requests.add(RedisLink.call(WATCH, keys(subjects.get(i)), loop, token, known.get(i)));
        }
        return redis.batch(requests).map(answers -> {
            List<Subject> found = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Response answer = answers.get(i);
                if (answer != null) {
                    found.add(subject(subjects.get(i), answer));
                }
            }
            return found;
        });
    }

    Future<Void> unwatch(String loop, long token, List<SubjectId> subjects) {
        return redis.batch(subjects.stream()
                        .map(subject -> RedisLink.call(UNWATCH, List.of(Keys.subject(subject)), loop, token))
                        .toList())
                .mapEmpty();
    }

    /** Microseconds since the epoch; nothing that is sent to Redis afterwards gets a version below it. */
    Future<Long> time() {
        return redis.send(Request.cmd(Command.TIME))
                .map(Objects::requireNonNull)
                .map(time -> time.get(0).toLong() * MICROS + time.get(1).toLong());
    }

    private static Request write(Draft draft) {
        List<Object> args = new ArrayList<>();
        args.add(draft.condition());
        args.add(Objects.requireNonNullElse(draft.state(), ""));
        args.add(Objects.requireNonNullElse(draft.iot(), ""));
        args.add(draft.event() == null ? "" : draft.event().name());
        args.add(draft.onlyThese() ? "=" : "");
        args.add(draft.facts().size() / 2);
        args.addAll(draft.facts());
        draft.readings().forEach((part, json) -> {
            args.add(part);
            args.add(json);
        });
        return RedisLink.call(WRITE, keys(draft.subject()), args.toArray());
    }

    private static Written written(@Nullable Response answer) {
        if (answer == null) {
            return new Written.Missing();
        }
        if (answer.type() != ResponseType.MULTI) {
            return new Written.Conflict();
        }
        Map<String, String> gone = new LinkedHashMap<>();
        if (answer.size() > 3) {
            Response flat = answer.get(3);
            for (int i = 0; i < flat.size(); i += 2) {
                gone.put(flat.get(i).toString(), flat.get(i + 1).toString());
            }
        }
        return new Written.Stored(
                answer.get(0).toLong(),
                answer.get(1).toLong(),
                Loops.addresses(answer.get(2).toString()),
                gone);
    }

    private static Current current(Want want, Response fields, @Nullable Response parts) {
        Map<String, String> readings = new HashMap<>();
        for (int i = 0; parts != null && i < parts.size(); i++) {
            Response part = parts.get(i);
            String text = part == null ? "" : part.toString();
            int digits = digits(text);
            if (digits > 0 && text.charAt(digits) == ' ') {
                readings.put(want.readings().get(i), text.substring(digits + 1));
            }
        }
        boolean exists = fields.get(0) != null && !Standing.GONE.name().equals(text(fields.get(1)));
        return new Current(exists, text(fields.get(0)), text(fields.get(2)), text(fields.get(3)), readings);
    }

    private static Subject subject(SubjectId id, Response answer) {
        Map<String, String> fields = new HashMap<>();
        Response flat = answer.get(0);
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        if (!fields.containsKey("v")) {
            return Subject.none(id);
        }
        List<Reading> readings = new ArrayList<>();
        Response parts = answer.get(1);
        for (int i = 0; i < parts.size(); i += 2) {
            readings.add(reading(parts.get(i).toString(), parts.get(i + 1).toString()));
        }
        return new Subject(
                id,
                number(fields, "v"),
                facts(fields),
                new Value(number(fields, "sv"), fields.getOrDefault("state", "")),
                readings,
                new Value(number(fields, "iv"), fields.getOrDefault("iot", "")),
                answer.get(2).stream().map(SubjectStore::milestone).toList());
    }

    private static Facts facts(Map<String, String> fields) {
        String owner = fields.getOrDefault("owner", "");
        String shared = fields.getOrDefault("shared", "");
        return new Facts(
                number(fields, "fv"),
                number(fields, "source"),
                fields.getOrDefault("label", ""),
                owner.isEmpty() ? null : owner,
                shared.isEmpty() ? List.of() : List.of(shared.split("\n")),
                Standing.valueOf(fields.getOrDefault("standing", Standing.OPEN.name())));
    }

    private static Reading reading(String part, String text) {
        int digits = digits(text);
        return ReadingParts.reading(
                part,
                Long.parseLong(text.substring(0, digits)),
                text.substring(digits + 1),
                text.charAt(digits) == '-');
    }

    private static int digits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }

    private static Milestone milestone(Response entry) {
        String text = entry.toString();
        int blank = text.indexOf(' ');
        return new Milestone(Long.parseLong(text.substring(0, blank)), Lifecycle.valueOf(text.substring(blank + 1)));
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }

    private static String text(@Nullable Response value) {
        return value == null ? "" : value.toString();
    }

    private static List<String> keys(SubjectId subject) {
        return List.of(Keys.subject(subject), Keys.subjectReadings(subject), Keys.subjectLifecycle(subject));
    }

    /** @param readings the parts that are to be merged with what is there */
    record Want(SubjectId subject, boolean iot, List<String> readings) {}

    /**
     * @param version empty when there never was one
     * @param readings JSON by part, of those that are there
     */
    record Current(boolean exists, String version, String state, String iot, Map<String, String> readings) {}
}
