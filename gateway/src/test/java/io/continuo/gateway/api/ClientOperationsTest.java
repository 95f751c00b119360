package io.continuo.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientOperationsTest {
    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    static Iterable<Operation> all() {
        return ClientOperations.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theObjectHasTheParametersOfThePath(Operation operation) {
        assertThat(PARAMETER
                        .matcher(operation.path())
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .isEqualTo(operation.object().names());
    }

    @ParameterizedTest
    @MethodSource("all")
    void onlyReadsAreGets(Operation operation) {
        assertThat(operation.method().equals(HttpMethod.GET)).isNotEqualTo(operation.changes());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theProtocolsPageTellsOfIt(Operation operation) throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/protocol.md")))
                .anyMatch(line -> line.startsWith("| `" + operation.name() + "` |")
                        && line.endsWith("| `" + operation.method() + " " + operation.path() + "` |"));
    }

    @Test
    void noRouteAndNoNameComesTwice() {
        assertThat(ClientOperations.all())
                .extracting(operation -> operation.method() + " " + operation.path())
                .doesNotHaveDuplicates();
        assertThat(ClientOperations.all()).extracting(Operation::name).doesNotHaveDuplicates();
    }
}
