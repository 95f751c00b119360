package io.continuo.gateway.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of everything that a client can ask for by REST and by WebSocket alike. Routes and request methods are made
 * from it; what only one of the two has ({@code Counter.read}, sessions, uploads) is not here.
 *
 * <p>To add a row:
 *
 * <ol>
 *   <li>Let the service answer a record of {@code MessagingRequest}.
 *   <li>Add the row to the class of its area, such as {@link ConversationOperations}: a name like those that are there, the
 *       path, and as what {@code object_id} the parameters of the path come on a WebSocket. Its function makes the record
 *       of an {@link Input}: parameters of the path by {@link Input#id} and {@link Input#userNamed}, of the query by
 *       {@link Input#parameter}, {@link Input#pageSize} and {@link Input#after}, the body by {@link Input#object},
 *       {@link Input#array} or {@link Input#patch}. On a WebSocket, query and body both are in {@code data}.
 *   <li>What is answered with a new kind of {@code Reply} needs a face in {@code ReplyWriter} and {@code Answers}.
 *   <li>Describe it in docs/protocol.md and in {@code openapi}; tests compare both with this table.
 * </ol>
 */
public final class ClientOperations {
    private static final List<Operation> ALL = Stream.of(
                    ConversationOperations.rows(),
                    ChannelOperations.rows(),
                    MessageOperations.rows(),
                    PartOperations.rows(),
                    IdentityOperations.rows(),
                    AccountOperations.rows(),
                    AnnouncementOperations.rows())
            .flatMap(List::stream)
            .toList();

    private static final Map<String, Operation> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));

    private static final String CHANNELS = "layer:///channels/";
    private static final String CHANNEL = "Channel";

    private ClientOperations() {}

    public static List<Operation> all() {
        return ALL;
    }

    /** The row with this name. */
    public static Optional<Operation> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The row that a request names: of messages in conversations and in channels, clients use the same names. */
    public static Optional<Operation> named(String name, @Nullable Object objectId) {
        boolean inChannel = objectId instanceof String id && id.startsWith(CHANNELS);
        return inChannel ? named(CHANNEL + name).or(() -> named(name)) : named(name);
    }
}
