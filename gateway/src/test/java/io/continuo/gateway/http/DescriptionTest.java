package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.gateway.api.ClientOperations;
import io.continuo.gateway.api.Operation;
import io.continuo.gateway.api.ServerOperations;
import io.continuo.gateway.api.SubjectOperation;
import io.continuo.gateway.api.SubjectOperations;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DescriptionTest {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    @TempDir
    private static Path directory;

    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = Edge.start(directory);
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @Test
    void describesEveryRouteAndNothingElse() {
        assertThat(described()).isEqualTo(routes());
    }

    @Test
    void isAValidDescription() {
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readContents(description().encode(), null, strictly());
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getSpecVersion()).isEqualTo(SpecVersion.V31);
        assertThat(parsed.getOpenAPI().getPaths()).isNotEmpty();
    }

    private static ParseOptions strictly() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setValidateInternalRefs(true);
        return options;
    }

    @Test
    void refersOnlyToWhatItHolds() {
        JsonObject description = description();
        Matcher references = Pattern.compile("\"\\$ref\":\"#/([^\"]+)\"").matcher(description.encode());
        while (references.find()) {
            Object at = description;
            for (String step : references.group(1).split("/")) {
                at = at instanceof JsonObject object ? object.getValue(step) : null;
            }
            assertThat(at).as(references.group(1)).isNotNull();
        }
    }

    static Stream<Operation> operations() {
        return Stream.concat(
                ClientOperations.all().stream(),
                ServerOperations.all().stream()
                        .map(row -> new Operation(
                                row.name(),
                                row.method(),
                                "/apps/:app" + row.path(),
                                row.object(),
                                row.changes(),
                                row.status(),
                                row.reading())));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void callsAnOperationAsTheTableDoes(Operation operation) {
        JsonObject described = description()
                .getJsonObject("paths")
                .getJsonObject(template(operation.path()))
                .getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
        assertThat(described.getString("operationId")).isEqualTo(operation.name());
        assertThat(described.getJsonObject("responses").fieldNames())
                .contains(Integer.toString(operation.status()), "default");
    }

    @Test
    void startsWhereItWasAsked() {
        assertThat(description().getJsonArray("servers").getJsonObject(0).getString("url"))
                .isEqualTo(edge.base());
    }

    @ParameterizedTest
    @MethodSource("subjectOperations")
    void callsWhatIsDoneToSubjectsAsTheTableDoes(SubjectOperation operation) {
        JsonObject described = description()
                .getJsonObject("paths")
                .getJsonObject(template("/apps/:app" + operation.path()))
                .getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
        assertThat(described.getString("operationId")).isEqualTo(operation.name());
        assertThat(described.getJsonObject("responses").fieldNames())
                .contains(Integer.toString(operation.status()), "default");
    }

    static Stream<SubjectOperation> subjectOperations() {
        return SubjectOperations.all().stream();
    }

    private JsonObject description() {
        return json(edge.send(edge.bare("/openapi.json")));
    }

    private Set<String> described() {
        return description().getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue())
                        .fieldNames().stream()
                                .filter(METHODS::contains)
                                .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** But for those of the router itself, which are for every path or method, and the files of the chat page. */
    private Set<String> routes() {
        return edge.router.getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .filter(route -> !"/web/".equals(route.getPath()))
                .flatMap(route -> route.methods().stream()
                        .map(HttpMethod::name)
                        .map(method -> method + " " + template(String.valueOf(route.getPath()))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String template(String path) {
        return path.replaceAll(":(\\w+)", "{$1}");
    }
}
