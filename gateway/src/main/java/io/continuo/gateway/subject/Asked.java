package io.continuo.gateway.subject;

import io.continuo.common.model.SubjectId;
import io.continuo.gateway.subject.SubjectFeed.Grant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for at once.
 *
 * @param since null for a client that knows nothing
 */
record Asked(
        String user, List<Interest> interests, @Nullable Cursor since, Consumer<Outcome> answer) {

    Set<SubjectId> subjects(Grant grant) {
        Set<SubjectId> subjects = new LinkedHashSet<>();
        interests.forEach(interest -> subjects.addAll(subjects(interest, grant.subjects())));
        return subjects;
    }

    /** @param all whatever the user may see */
    Collection<SubjectId> subjects(Interest interest, Collection<SubjectId> all) {
        return switch (interest.target()) {
            case Interest.All ignored -> all;
            case Interest.Selected selected ->
                selected.ids().stream().map(id -> SubjectId.beside(user, id)).toList();
        };
    }
}
