package io.continuo.messaging.response;

import io.continuo.common.model.LayerId;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.continuo.messaging.conversation.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts that sum up responses (protocol/layer.md §15.5). They may grow beyond what a client may send inline. */
public final class Summaries {
    private static final int LARGEST = 262_144;
    private static final String ROOT = "root";

    private Summaries() {}

    /**
     * A message's parts after a response.
     *
     * @param parts all of them
     * @param part the summary
     */
    public record Folded(List<Part> parts, PartChange change, Part part) {}

    /**
     * The parts as they are to be stored: what gives an initial state is followed by the summary that it makes.
     *
     * @throws BadResponse when an initial state cannot be understood
     */
    public static List<Part> atFirst(List<Part> parts) {
        List<Part> summaries = new ArrayList<>();
        for (Part part : parts) {
            MimeType type = MimeType.of(part.mimeType());
            boolean gives = type.base().equals(MimeType.INITIAL_STATE) && part.body() != null;
            if (gives && find(parts, type.parentNodeId()) < 0) {
                List<ResponseChange> changes = Response.changes(StoredJson.foreignList(String.valueOf(part.body()))
                        .orElseThrow(() -> new BadResponse("An initial state must be a JSON list.")));
                Summary summary = new Summary(Map.of()).after("", named(changes));
                summaries.add(part(LayerId.newUuid(), type.parentNodeId(), summary, null));
            }
        }
        if (summaries.isEmpty()) {
            return parts;
        }
        List<Part> all = new ArrayList<>(parts);
        all.addAll(summaries);
        return all;
    }

    /** In the spelling of ids that responses are summed up by. */
    private static List<ResponseChange> named(List<ResponseChange> changes) {
        return changes.stream()
                .map(change -> {
                    String identity = change.identity();
                    if (identity == null) {
                        throw new BadResponse("identity_id is missing.");
                    }
                    return new ResponseChange(
                            change.adds(),
                            change.type(),
                            change.name(),
                            change.value(),
                            change.id(),
                            LayerId.identity(LayerId.userId(identity)));
                })
                .toList();
    }

    /**
     * Folds a response into the parts of what it responds to; empty when it changes nothing.
     *
     * @param user who responds
     * @param at milliseconds since the epoch
     * @throws BadResponse when there is no such node, or too much was said
     */
    public static Optional<Folded> fold(List<Part> parts, Response response, String user, long at) {
        if (!hasNode(parts, response.node())) {
            throw new BadResponse("The message has no such node.");
        }
        int index = find(parts, response.node());
        Summary before = index < 0 ? new Summary(Map.of()) : summary(parts.get(index));
        List<ResponseChange> own = response.changes().stream()
                .map(change -> new ResponseChange(
                        change.adds(), change.type(), change.name(), change.value(), change.id(), null))
                .toList();
        Summary after = before.after(LayerId.identity(user), own);
        if (after.equals(before)) {
            return Optional.empty();
        }
        List<Part> all = new ArrayList<>(parts);
        if (index < 0) {
            Part part = part(LayerId.newUuid(), response.node(), after, at);
            all.add(part);
            return Optional.of(new Folded(all, PartChange.ADDED, part));
        }
        Part old = parts.get(index);
        Part part = body(old.id(), old.mimeType(), after, at);
        all.set(index, part);
        return Optional.of(new Folded(all, PartChange.EDITED, part));
    }

    private static Summary summary(Part part) {
        return Summary.of(StoredJson.foreignMap(String.valueOf(part.body())).orElse(Map.of()));
    }

    private static Part part(String id, String node, Summary summary, @Nullable Long at) {
        return body(id, MimeType.summaryOf(node), summary, at);
    }

    private static Part body(String id, String mimeType, Summary summary, @Nullable Long at) {
        String body = StoredJson.text(summary.json());
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST) {
            throw new BadResponse("There are too many responses.");
        }
        return new Part(id, mimeType, body, null, null, size, at);
    }

    /** A part is the node of its {@code node-id} or else of its own id; the root is also just the root. */
    private static boolean hasNode(List<Part> parts, String node) {
        return parts.stream().anyMatch(part -> {
            MimeType type = MimeType.of(part.mimeType());
            return node.equals(part.id())
                    || node.equals(type.nodeId())
                    || (node.equals(ROOT) && type.role().equals(ROOT));
        });
    }

    private static int find(List<Part> parts, String node) {
        for (int i = 0; i < parts.size(); i++) {
            MimeType type = MimeType.of(parts.get(i).mimeType());
            if (type.isResponseSummary() && type.parentNodeId().equals(node)) {
                return i;
            }
        }
        return -1;
    }
}
