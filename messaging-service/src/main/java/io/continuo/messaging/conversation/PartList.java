package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.INVALID_OPERATION;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.PartEdit;
import io.continuo.messaging.response.MimeType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The parts of a message and what an edit makes of them. */
final class PartList {
    private static final int MOST = 1_000;
    private static final int LONGEST_INDEX = 4;

    private PartList() {}

    /** What came of an edit. */
    sealed interface Outcome {}

    /**
     * @param parts all of them, after the edit
     * @param part whose change it is
     */
    record Changed(List<Part> parts, PartChange change, String part) implements Outcome {}

    /** @param index of the part that has the id, for {@code ID_IN_USE} */
    record Refused(Reply.Failure failure, int index) implements Outcome {}

    /** @param name bare UUID, or an index in digits */
    static OptionalInt find(List<Part> parts, String name) {
        if (name.length() <= LONGEST_INDEX) {
            int index = Integer.parseInt(name);
            return index < parts.size() ? OptionalInt.of(index) : OptionalInt.empty();
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).id().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * @param isBackend the server's own parts, response summaries, are the backend's alone to change
     * @param at milliseconds since the epoch
     */
    static Outcome change(List<Part> parts, PartEdit edit, boolean isBackend, long at) {
        return switch (edit) {
            case PartEdit.Add add -> add(parts, add.part(), at);
            case PartEdit.Replace replace -> {
                OptionalInt index = find(parts, replace.part());
                yield index.isEmpty() ? unknown() : put(parts, index.getAsInt(), replace.by(), isBackend, at);
            }
            case PartEdit.Patch patch -> {
                OptionalInt index = find(parts, patch.part());
                yield index.isEmpty()
                        ? unknown()
                        : put(parts, index.getAsInt(), patched(parts.get(index.getAsInt()), patch), isBackend, at);
            }
            case PartEdit.Remove remove -> {
                OptionalInt index = find(parts, remove.part());
                yield index.isEmpty() ? unknown() : remove(parts, index.getAsInt(), isBackend);
            }
        };
    }

    private static Outcome add(List<Part> parts, Part part, long at) {
        OptionalInt taken = find(parts, part.id());
        if (taken.isPresent()) {
            return new Refused(Reply.Failure.of(ID_IN_USE, "A part with this id exists."), taken.getAsInt());
        }
        if (parts.size() == MOST) {
            return refuse("There may be at most " + MOST + " parts.");
        }
        List<Part> changed = new ArrayList<>(parts);
        changed.add(part.as(part.id(), at));
        return new Changed(changed, PartChange.ADDED, part.id());
    }

    private static Part patched(Part part, PartEdit.Patch patch) {
        String type = patch.mimeType() == null ? part.mimeType() : patch.mimeType();
        return patch.body() == null
                ? new Part(part.id(), type, part.body(), part.encoding(), part.content(), part.size())
                : new Part(part.id(), type, patch.body(), patch.encoding(), null, patch.size());
    }

    private static Outcome put(List<Part> parts, int index, Part by, boolean isBackend, long at) {
        Part old = parts.get(index);
        if (!isBackend && MimeType.of(old.mimeType()).isResponseSummary()) {
            return refuse("Responses are summed up by the server alone.");
        }
        List<Part> changed = new ArrayList<>(parts);
        changed.set(index, by.as(old.id(), at));
        boolean staysText = isText(old) && isText(by);
        boolean keepsContent = by.content() != null && by.content().equals(old.content());
        PartChange change = staysText || keepsContent ? PartChange.EDITED : PartChange.REPLACED;
        return new Changed(changed, change, old.id());
    }

    /** Clients take another body for text only. */
    private static boolean isText(Part part) {
        return part.body() != null && part.encoding() == null;
    }

    private static Outcome remove(List<Part> parts, int index, boolean isBackend) {
        Part old = parts.get(index);
        if (!isBackend && MimeType.of(old.mimeType()).isResponseSummary()) {
            return refuse("Responses are summed up by the server alone.");
        }
        if (parts.size() == 1) {
            return refuse("A message keeps at least one part; delete the message instead.");
        }
        List<Part> changed = new ArrayList<>(parts);
        changed.remove(index);
        return new Changed(changed, PartChange.REMOVED, old.id());
    }

    private static Outcome unknown() {
        return new Refused(Reply.Failure.of(NOT_FOUND, "There is no such part."), -1);
    }

    private static Outcome refuse(String message) {
        return new Refused(Reply.Failure.of(INVALID_OPERATION, message), -1);
    }
}
