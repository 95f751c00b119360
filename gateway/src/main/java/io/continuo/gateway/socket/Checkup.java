package io.continuo.gateway.socket;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.event.Position;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.continuo.gateway.socket.metrics.StoreTime;
import java.util.ArrayList;
import java.util.List;

/** Asks the services about those who are here, some hundred at a time, and tells them what was brought. */
final class Checkup {
    private static final int USERS_AT_ONCE = 500;

    private final ServiceClient services;
    private final SocketMetrics metrics;
    private final StoreTime storeTime;

    Checkup(ServiceClient services, SocketMetrics metrics, StoreTime storeTime) {
        this.services = services;
        this.metrics = metrics;
        this.storeTime = storeTime;
    }

    /** What the bus may have failed to tell: where histories end now, and which sessions were ended. */
    void lookAfter(List<Attachment> attachments) {
        report(attachments);
        compareTails(attachments);
        for (int from = 0; from < attachments.size(); from += USERS_AT_ONCE) {
            closeEnded(attachments.subList(from, Math.min(from + USERS_AT_ONCE, attachments.size())));
        }
    }

    /** Tells the clients' ledgers what was brought to them. */
    void report(List<Attachment> attachments) {
        List<Brought> ahead = brought(attachments).stream()
                .filter(each -> each.feed().coverage().isNews())
                .toList();
        for (int from = 0; from < ahead.size(); from += USERS_AT_ONCE) {
            List<Brought> some = ahead.subList(from, Math.min(from + USERS_AT_ONCE, ahead.size()));
            List<HistoryRequest.Progress> progress =
                    some.stream().map(Brought::progress).toList();
            services.ask(new HistoryRequest.ReportProgress(progress)).onSuccess(reply -> {
                if (reply instanceof Reply.Done) {
                    for (int i = 0; i < some.size(); i++) {
                        some.get(i).feed().coverage().reported(progress.get(i).to());
                    }
                }
            });
        }
    }

    private void closeEnded(List<Attachment> attachments) {
        List<Session> sessions = attachments.stream().map(Attachment::session).toList();
        services.ask(new SessionRequest.FindEndedSessions(
                        sessions.stream().map(Session::check).toList()))
                .onSuccess(reply -> {
                    if (reply instanceof Reply.EndedSessions ended) {
                        ended.places().forEach(place -> {
                            Attachment attachment = attachments.get(place);
                            if (attachment.session().equals(sessions.get(place))) {
                                attachment.close(CloseCode.SESSION_ENDED);
                            }
                        });
                    }
                });
    }

    /** Tells feeds where their histories end now. */
    void compareTails(List<? extends Attachment> attachments) {
        List<Brought> all = brought(attachments);
        for (int from = 0; from < all.size(); from += USERS_AT_ONCE) {
            List<Brought> some = all.subList(from, Math.min(from + USERS_AT_ONCE, all.size()));
            List<String> users = some.stream().map(each -> each.to().user()).toList();
            List<Position> reached =
                    some.stream().map(each -> each.feed().reached()).toList();
            long askedAt = System.nanoTime();
            services.ask(new HistoryRequest.GetTails(users)).onSuccess(reply -> {
                if (reply instanceof Reply.Tails tails) {
                    storeTime.told(askedAt, tails.timeMs());
                    for (int i = 0; i < some.size(); i++) {
                        compare(some.get(i), tails.tails().get(i), reached.get(i), tails.timeMs());
                    }
                }
            });
        }
    }

    /**
     * @param asked what the feed had reached when the tail was asked for
     * @param timeMs Redis time when the history's tail was {@code tail}
     */
    private void compare(Brought brought, Position tail, Position asked, long timeMs) {
        Feed feed = brought.feed();
        metrics.lag(Math.max(0, tail.seq() - feed.position().seq()));
        if (feed.isLive() && feed.position().equals(tail)) {
            brought.to().proven(timeMs);
        } else {
            feed.tailWas(tail, asked);
        }
    }

    /** Those to whom a history is brought. */
    private static List<Brought> brought(List<? extends Attachment> attachments) {
        List<Brought> brought = new ArrayList<>(attachments.size());
        for (Attachment each : attachments) {
            Feed feed = each.feed();
            if (feed != null) {
                brought.add(new Brought(each, feed));
            }
        }
        return brought;
    }

    private record Brought(Attachment to, Feed feed) {
        HistoryRequest.Progress progress() {
            return new HistoryRequest.Progress(
                    to.user(), feed.coverage().from(), feed.coverage().to());
        }
    }
}
