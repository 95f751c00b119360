package io.continuo.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationChange.AddParticipant;
import io.continuo.common.model.ConversationChange.DeleteMetadata;
import io.continuo.common.model.ConversationChange.RemoveParticipant;
import io.continuo.common.model.ConversationChange.SetMetadata;
import io.continuo.common.model.ConversationChange.SetParticipants;
import io.continuo.common.model.Person;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer Patch as clients of all versions write it (protocol/layer.md §11). */
class PatchReaderTest {

    @Test
    void readsMetadata() {
        assertThat(read("""
                [{'operation':'set','property':'metadata.season.name','value':'autumn'},
                 {'operation':'delete','property':'metadata.draft'},
                 {'operation':'set','property':'metadata','value':{'a':{'b':'c'}}},
                 {'operation':'set','property':'metadata.with\\\\.dot','value':'x'}]"""))
                .containsExactly(
                        new SetMetadata(List.of("season", "name"), "autumn"),
                        new DeleteMetadata(List.of("draft")),
                        new SetMetadata(List.of(), Map.of("a", Map.of("b", "c"))),
                        new SetMetadata(List.of("with.dot"), "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a|b",
        "a\\.b, a.b",
        "a\\\\b, a\\b",
        "a\\\\.b, a.b",
        "a\\\\\\.b, a\\.b",
        "a\\, a\\",
        "\\ab, ab",
        "a., a|",
        "a..b, a||b"
    })
    void splitsAPathAsClientsDo(String property, String path) {
        assertThat(String.join("|", PatchReader.path(property))).isEqualTo(path);
    }

    @Test
    void readsParticipantsInTheSpellingOfEveryVersion() {
        assertThat(read("""
                [{'operation':'add','property':'participants','value':'zoe'},
                 {'operation':'add','property':'participants','id':'layer:///identities/a%20b'},
                 {'operation':'remove','property':'participants','id':'layer:///identities/omar'},
                 {'operation':'set','property':'participants','value':['ines','layer:///identities/omar']}]"""))
                .containsExactly(
                        new AddParticipant(Person.of("zoe")),
                        new AddParticipant(Person.of("a b")),
                        new RemoveParticipant("omar"),
                        new SetParticipants(List.of("ines", "omar")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'property':'metadata.a','value':'x'} | MISSING_PROPERTY | operation",
                "{'operation':'set','value':'x'} | MISSING_PROPERTY | property",
                "{'operation':'set','property':'created_at','value':'x'} | INVALID_PROPERTY | property",
                "{'operation':'set','property':'metadata.a','value':7} | INVALID_PROPERTY | metadata",
                "{'operation':'set','property':'metadata','value':'x'} | INVALID_PROPERTY | metadata",
                "{'operation':'add','property':'metadata.a','value':'x'} | INVALID_PROPERTY | operation",
                "{'operation':'add','property':'participants'} | INVALID_PROPERTY | participants",
                "{'operation':'delete','property':'participants'} | INVALID_PROPERTY | operation",
            })
    void refusesWhatItCannotDo(String operation, ErrorCode code, String property) {
        assertThatThrownBy(() -> read("[" + operation + "]")).isInstanceOfSatisfying(BadRequest.class, bad -> {
            assertThat(bad.failure().code()).isEqualTo(code);
            assertThat(bad.failure().property()).isEqualTo(property);
        });
    }

    private static List<ConversationChange> read(String operations) {
        return PatchReader.read("ines", new JsonArray(operations.replace('\'', '"')));
    }
}
