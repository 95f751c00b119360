package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.Subject;
import io.continuo.common.model.UserId;
import io.continuo.gateway.api.SubjectBulk;
import io.continuo.gateway.api.SubjectInput;
import io.continuo.gateway.api.SubjectOperation;
import io.continuo.gateway.api.SubjectOperations;
import io.continuo.gateway.dialect.SubjectWriter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The routes of {@link SubjectOperations}, and the one that writes to many subjects at once. */
final class SubjectRoutes {
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final ServiceClient services;

    SubjectRoutes(ServiceClient services) {
        this.services = services;
    }

    void addTo(Endpoints endpoints) {
        SubjectOperations.all()
                .forEach(operation ->
                        endpoints.subjects(operation.method(), operation.path(), call -> run(operation, call)));
        endpoints.subjects(HttpMethod.POST, "/subjects", this::writeMany);
    }

    private Future<?> run(SubjectOperation operation, Call call) {
        Buffer body = call.context().body().buffer();
        SubjectInput input = new SubjectInput(
                call.user(),
                call.context().pathParams(),
                name -> call.query(name).filter(given -> !given.isEmpty()),
                body == null ? "" : body.toString(StandardCharsets.UTF_8));
        return services.ask(operation.reading().read(input)).compose(reply -> answer(call, operation, reply));
    }

    private static Future<Void> answer(Call call, SubjectOperation operation, Reply reply) {
        return switch (reply) {
            case Reply.Failure failure -> call.fail(failure);
            case Reply.SubjectFound found ->
                call.json(found.created() ? CREATED : operation.status(), text(call.path("kind"), found.subject()));
            case Reply.SubjectPage page -> {
                call.headers().set("Layer-Count", Integer.toString(page.total()));
                yield call.json(OK, SubjectWriter.subjects(page.subjects()));
            }
            case Reply.SubjectsWritten written ->
                written.rejections().isEmpty()
                        ? call.empty(operation.status())
                        : call.fail(written.rejections().getFirst().failure());
            case Reply.Done ignored -> call.empty(operation.status());
            default -> throw new IllegalStateException("Not an answer about subjects: " + reply);
        };
    }

    /** A subject, or the value of it that the path names. */
    private static String text(String kind, Subject subject) {
        return switch (kind) {
            case "state" -> SubjectWriter.state(subject);
            case "readings" -> SubjectWriter.readings(subject);
            case "iot" -> SubjectWriter.iot(subject);
            default -> SubjectWriter.subject(subject);
        };
    }

    private Future<?> writeMany(Call call) {
        String type = Objects.requireNonNullElse(call.request().getHeader(HttpHeaders.CONTENT_TYPE), "");
        SubjectBulk bulk = SubjectBulk.of(call.context().body().buffer(), type.contains("ndjson"));
        return write(UserId.app(call.user()), bulk, new Result()).compose(result -> {
            boolean nothing = result.entries > 0 && result.rejections.size() == result.entries;
            Reply.Failure first = nothing ? result.rejections.getFirst().failure() : null;
            return first != null && first.code() == ErrorCode.SERVICE_UNAVAILABLE
                    ? call.fail(first)
                    : call.json(
                            OK,
                            SubjectWriter.written(result.entries, result.rejections)
                                    .encode());
        });
    }

    /** Slice by slice, so that what a body says of a subject is done in its order. */
    private Future<Result> write(String app, SubjectBulk bulk, Result result) {
        SubjectBulk.Slice slice = bulk.next();
        if (slice.isEmpty()) {
            return Future.succeededFuture(result);
        }
        result.entries += slice.writes().size() + slice.rejections().size();
        result.rejections.addAll(slice.rejections());
        return slice.writes().isEmpty()
                ? write(app, bulk, result)
                : services.ask(new SubjectRequest.Write(app, slice.writes())).compose(reply -> {
                    result.add(slice, reply);
                    return write(app, bulk, result);
                });
    }

    /** What came of the slices so far. */
    private static final class Result {
        private final List<Reply.Rejection> rejections = new ArrayList<>();
        private int entries;

        void add(SubjectBulk.Slice slice, Reply reply) {
            switch (reply) {
                case Reply.SubjectsWritten written ->
                    written.rejections()
                            .forEach(rejection -> rejections.add(
                                    new Reply.Rejection(slice.places().get(rejection.place()), rejection.failure())));
                case Reply.Failure failure ->
                    slice.places().forEach(place -> rejections.add(new Reply.Rejection(place, failure)));
                default -> throw new IllegalStateException("Not an answer to writes: " + reply);
            }
        }
    }
}
