package io.continuo.common.bus;

import java.util.List;
import java.util.stream.Stream;

/** A sample of everything that is said of visits. */
final class VisitMessages {
    private static final String ID = "kX0aVq.s";
    private static final String HOME = "gateway.node.0";

    private VisitMessages() {}

    static Stream<BusMessage> all() {
        return Stream.of(
                new PresenceRequest.ClaimVisit(ID, HOME, 300),
                new PresenceRequest.KeepVisit(ID, 1_700_000_000_000_000L, HOME, "{\"a\":\"ö\"}", "7", 300),
                new PresenceRequest.FindVisit(ID),
                new PresenceRequest.EndVisit(ID),
                new Reply.VisitClaimed(7, HOME, "", "7"),
                new Reply.VisitFound(HOME),
                new Reply.VisitTaken("{}", "7", "8", List.of("{}")),
                new VisitMessage.TakeVisit(ID, true),
                new VisitMessage.PushToVisit(ID, "{}"),
                new VisitMessage.LeaveVisit(ID));
    }
}
