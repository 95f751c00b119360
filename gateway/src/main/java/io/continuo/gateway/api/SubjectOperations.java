package io.continuo.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.common.model.SubjectWrite.FactsPatch;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of what an app's backend does with subjects by REST; paths start at {@code /apps/:app}. Writing many at once
 * is not among them: see {@link SubjectBulk}.
 */
public final class SubjectOperations {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int LONGEST_LABEL = 1_024;
    private static final String ONE = "/subjects/:id";
    private static final String VALUE = "/subjects/:id/:kind";
    private static final String SHARE = "/subjects/:id/shares/:user";

    private static final List<SubjectOperation> ROWS = List.of(
            row(
                    "Subject.list",
                    HttpMethod.GET,
                    "/subjects",
                    OK,
                    input -> new SubjectRequest.ListAll(input.backend(), input.pageSize(), input.after())),
            row(
                    "User.Subject.list",
                    HttpMethod.GET,
                    ServerOperations.USER + "/subjects",
                    OK,
                    input -> new SubjectRequest.ListAll(input.user("u"), input.pageSize(), input.after())),
            row(
                    "Subject.get",
                    HttpMethod.GET,
                    ONE,
                    OK,
                    input -> new SubjectRequest.Get(input.backend(), input.subject())),
            row("Subject.replace", HttpMethod.PUT, ONE, OK, input -> define(input, true)),
            row("Subject.update", HttpMethod.PATCH, ONE, OK, input -> define(input, false)),
            row(
                    "Subject.delete",
                    HttpMethod.DELETE,
                    ONE,
                    NO_CONTENT,
                    input -> new SubjectRequest.Delete(input.subject())),
            row("Subject.block", HttpMethod.POST, ONE + "/block", OK, input -> block(input, true)),
            row("Subject.unblock", HttpMethod.POST, ONE + "/unblock", OK, input -> block(input, false)),
            row("Subject.share", HttpMethod.PUT, SHARE, OK, input -> share(input, true)),
            row("Subject.unshare", HttpMethod.DELETE, SHARE, OK, input -> share(input, false)),
            row("Subject.getValue", HttpMethod.GET, VALUE, OK, SubjectOperations::getValue),
            row("Subject.replaceValue", HttpMethod.PUT, VALUE, NO_CONTENT, input -> write(input, true)),
            row("Subject.updateValue", HttpMethod.PATCH, VALUE, NO_CONTENT, input -> write(input, false)));

    private SubjectOperations() {}

    public static List<SubjectOperation> all() {
        return ROWS;
    }

    private static SubjectOperation row(
            String name, HttpMethod method, String path, int status, SubjectOperation.Reading reading) {
        return new SubjectOperation("Server." + name, method, path, status, reading);
    }

    private static SubjectRequest getValue(SubjectInput input) {
        input.kind();
        return new SubjectRequest.Get(input.backend(), input.subject());
    }

    private static SubjectRequest write(SubjectInput input, boolean replace) {
        SubjectId subject = input.subject();
        SubjectKind kind = input.kind();
        String value = SubjectReader.value(kind, input.json());
        return new SubjectRequest.Write(
                subject.app(),
                List.of(new SubjectWrite(
                        subject.id(),
                        replace,
                        kind == SubjectKind.STATE ? value : null,
                        kind == SubjectKind.READINGS ? value : null,
                        kind == SubjectKind.IOT ? value : null)));
    }

    /** With {@code replace}, the facts that are not given are as if there never were any; values that are not given stay. */
    private static SubjectRequest define(SubjectInput input, boolean replace) {
        ObjectNode body = input.object();
        SubjectId subject = input.subject();
        String owner = input.owner(body);
        List<String> shared = input.shared(body);
        boolean disowns = owner == null && (replace || body.has("owner"));
        Boolean blocked = flag(body, "blocked");
        Long source = source(body);
        String label = label(body);
        FactsPatch facts = new FactsPatch(
                (source == null && replace) ? Long.valueOf(subject.id()) : source,
                (label == null && replace) ? "" : label,
                owner,
                disowns,
                (shared == null && replace) ? List.of() : shared,
                List.of(),
                List.of(),
                (blocked == null && replace) ? Boolean.FALSE : blocked);
        return new SubjectRequest.Define(subject, replace, facts, SubjectReader.values(subject.id(), replace, body));
    }

    private static SubjectRequest block(SubjectInput input, boolean blocked) {
        return define(input, new FactsPatch(null, null, null, false, null, List.of(), List.of(), blocked));
    }

    private static SubjectRequest share(SubjectInput input, boolean share) {
        List<String> user = List.of(input.user("user"));
        return define(
                input,
                new FactsPatch(
                        null, null, null, false, null, share ? user : List.of(), share ? List.of() : user, null));
    }

    private static SubjectRequest define(SubjectInput input, FactsPatch facts) {
        return new SubjectRequest.Define(input.subject(), false, facts, null);
    }

    private static @Nullable Boolean flag(ObjectNode body, String property) {
        JsonNode flag = body.path(property);
        if (flag.isMissingNode()) {
            return null;
        }
        if (!flag.isBoolean()) {
            throw BadRequest.invalid(property, property + " must be true or false.");
        }
        return flag.booleanValue();
    }

    private static @Nullable Long source(ObjectNode body) {
        JsonNode source = body.path("source_id");
        if (source.isMissingNode()) {
            return null;
        }
        if (!source.isIntegralNumber() || !source.canConvertToLong() || !SubjectReader.isId(source.longValue())) {
            throw BadRequest.invalid("source_id", "source_id must be a whole number from 1.");
        }
        return source.longValue();
    }

    private static @Nullable String label(ObjectNode body) {
        JsonNode label = body.path("label");
        if (label.isMissingNode()) {
            return null;
        }
        if (!label.isTextual() || label.textValue().length() > LONGEST_LABEL) {
            throw BadRequest.invalid("label", "label must be text of at most " + LONGEST_LABEL + " characters.");
        }
        return label.textValue();
    }
}
