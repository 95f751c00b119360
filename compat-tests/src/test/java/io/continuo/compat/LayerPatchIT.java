package io.continuo.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.model.LayerId;
import io.continuo.compat.PatchCases.Case;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What clients ask of us by Layer Patch, they do to their own copy by the package {@code layer-patch}. Both must come to
 * the same (protocol/layer.md §11).
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LayerPatchIT {
    private static final Path SDK = Path.of("sdk");
    private static final int CASES = 500;
    /** Set to play the cases of a failed run again. */
    private static final long SEED = Long.getLong("continuo.patch.seed", System.nanoTime());

    private static ContinuoProcess continuo;
    private static Map<String, Rest> keeper;

    @BeforeAll
    static void start() throws Exception {
        Node.require(Node.isThere(), "Node.js is not installed: the tests with layer-patch are left out");
        Node.install(SDK);
        continuo = ContinuoProcess.start();
        keeper = Stream.of("1.0", "2.0")
                .collect(Collectors.toMap(
                        version -> version, version -> Rest.login(continuo.url(), PatchCases.KEEPER, version)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (continuo != null) {
            continuo.stop();
        }
    }

    @Test
    void whatIsChangedHereIsWhatTheClientHasChangedAtItsOwn() throws Exception {
        System.out.println("layer-patch: " + CASES + " cases of seed " + SEED);
        PatchCases generator = new PatchCases(SEED);
        List<Case> cases = Stream.generate(generator::next).limit(CASES).toList();
        List<JsonObject> expected = byThePackage(cases);
        for (int i = 0; i < CASES; i++) {
            assertSame(cases.get(i), expected.get(i), "case " + i + " of seed " + SEED);
        }
        long refused = expected.stream()
                .filter(outcome -> outcome.containsKey("refused"))
                .count();
        assertThat(refused).as("cases that cannot be carried out").isBetween(CASES / 50L, CASES / 2L);
    }

    private static void assertSame(Case given, JsonObject expected, String which) {
        Rest rest = Objects.requireNonNull(keeper.get(given.version()));
        String path = create(rest, given);
        HttpResponse<String> answer =
                rest.call("PATCH", path, given.operations().encode());
        String what = which + ": " + given.document().encode() + "\n"
                + given.operations().encode() + "\n" + answer.body();
        if (expected.containsKey("refused")) {
            assertThat(answer.statusCode()).as(what).isEqualTo(422);
            assertThat(state(rest, path)).as(what).isEqualTo(state(given.document()));
        } else {
            assertThat(answer.statusCode()).as(what).isEqualTo(204);
            assertThat(state(rest, path)).as(what).isEqualTo(state(expected.getJsonObject("document")));
        }
    }

    /**
     * The package is at home in objects of any kind; in a conversation there are text and objects of text, people, and
     * nothing else that a client may change. What it would do to other things is refused, and nothing is changed.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'operation':'set','property':'metadata.a','value':7}",
                "{'operation':'set','property':'metadata.a','value':true}",
                "{'operation':'set','property':'metadata.a','value':['x']}",
                "{'operation':'set','property':'metadata.a','value':null}",
                "{'operation':'set','property':'metadata','value':'x'}",
                "{'operation':'add','property':'metadata.list','value':'x'}",
                "{'operation':'remove','property':'metadata.list','value':'x'}",
                "{'operation':'set','property':'distinct','value':false}",
                "{'operation':'delete','property':'participants'}",
                "{'operation':'set','property':'metadata\\\\.a','value':'x'}",
            })
    void whatOnlyThePackageWouldDoIsRefusedAsAWhole(String operation) throws Exception {
        JsonArray operations = new JsonArray()
                .add(new JsonObject("{\"operation\":\"set\",\"property\":\"metadata.b\",\"value\":\"y\"}"))
                .add(new JsonObject(operation.replace('\'', '"')));
        Case given = new Case(new JsonObject().put("b", "x"), List.of(PatchCases.KEEPER, "omar"), true, operations);
        assertThat(byThePackage(List.of(given)).getFirst().containsKey("refused"))
                .isFalse();
        assertSame(given, new JsonObject().put("refused", "by us"), operation);
    }

    private static String create(Rest rest, Case given) {
        JsonArray people = new JsonArray();
        given.people().forEach(people::add);
        HttpResponse<String> created = rest.post(
                "/conversations",
                new JsonObject()
                        .put("participants", people)
                        .put("metadata", given.metadata())
                        .put("distinct", false));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return new JsonObject(created.body()).getString("id").replace("layer://", "");
    }

    private static JsonObject state(Rest rest, String path) {
        return state(new JsonObject(rest.get(path).body()));
    }

    /** What a patch can change; people are a set, and without metadata there is none in it. */
    private static JsonObject state(JsonObject conversation) {
        List<String> people = conversation.getJsonArray("participants").stream()
                .map(person -> person instanceof JsonObject identity ? identity.getString("id") : person.toString())
                .map(LayerId::userId)
                .distinct()
                .sorted()
                .toList();
        return new JsonObject()
                .put("metadata", conversation.getJsonObject("metadata", new JsonObject()))
                .put("people", new JsonArray(people));
    }

    /** The cases go by a file: who reads what a process says may keep every carrier of virtual threads busy. */
    private static List<JsonObject> byThePackage(List<Case> cases) throws Exception {
        String lines = cases.stream()
                .map(each -> new JsonObject()
                                .put("document", each.document())
                                .put("operations", each.operations())
                                .encode()
                        + "\n")
                .collect(Collectors.joining());
        Path given = Files.writeString(Files.createTempFile("patches", ".json"), lines);
        Process node = new ProcessBuilder("node", "apply-patches.cjs")
                .directory(SDK.toFile())
                .redirectInput(given.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answers = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).isZero();
        Files.delete(given);
        List<JsonObject> outcomes = answers.lines().map(JsonObject::new).toList();
        assertThat(outcomes).hasSameSizeAs(cases);
        return outcomes;
    }
}
