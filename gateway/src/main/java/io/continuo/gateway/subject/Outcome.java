package io.continuo.gateway.subject;

import io.continuo.common.bus.Reply;
import io.continuo.gateway.subject.Interest.Kind;
import java.util.Map;

/** What comes of asking for subjects. */
public sealed interface Outcome {

    /** It is granted, as far as these say. */
    record Granted(Map<Kind, Map<Long, SubjectStatus>> statuses) implements Outcome {}

    /** Nothing has changed; the service is away, the client may try again. */
    record Refused(Reply.Failure failure) implements Outcome {}
}
