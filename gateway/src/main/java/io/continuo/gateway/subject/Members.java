package io.continuo.gateway.subject;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.SubjectId;
import io.continuo.gateway.subject.SubjectFeed.Failed;
import io.continuo.gateway.subject.SubjectFeed.Grant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose subscriptions of one event loop are in all that their users may see, and sees to it that they get what comes
 * anew. What goes, the subjects themselves tell.
 */
final class Members {
    /** Reading again so often at most, however many subjects come. */
    private static final long SHORTEST_MS = 200;
    /** A sweep in so many asks again, should news have been lost. */
    private static final int SWEEPS = 6;

    private final SubjectFeed feed;
    private final ServiceClient services;
    private final String address;
    private final Map<String, Member> members = new HashMap<>();
    private int sweeps;

    Members(SubjectFeed feed, ServiceClient services, String address) {
        this.feed = feed;
        this.services = services;
        this.address = address;
    }

    /** What the subscription's user may see; from now on the subscription counts as one that wants to know. */
    Future<Grant> read(Subscription subscription, long since) {
        Member member = members.computeIfAbsent(subscription.user(), Member::new);
        member.subscriptions.add(subscription);
        member.token = feed.nextToken();
        return ask(subscription.user(), member.token, since);
    }

    /** Counts it no more if it is not in all. */
    void review(Subscription subscription) {
        if (!subscription.isForAll()) {
            remove(subscription);
        }
    }

    void remove(Subscription subscription) {
        Member member = members.get(subscription.user());
        if (member != null && member.subscriptions.remove(subscription) && member.subscriptions.isEmpty()) {
            members.remove(subscription.user());
            services.ask(new SubjectRequest.UnwatchUser(subscription.user(), address, feed.nextToken()));
        }
    }

    /** The user may see other subjects. */
    void changed(String user) {
        Member member = members.get(user);
        if (member == null) {
            services.ask(new SubjectRequest.UnwatchUser(user, address, feed.nextToken()));
        } else if (member.reading) {
            member.again = true;
        } else {
            refresh(member);
        }
    }

    void sweep() {
        sweeps++;
        if (sweeps % SWEEPS == 0) {
            List.copyOf(members.keySet()).forEach(this::changed);
        }
    }

    private void refresh(Member member) {
        member.reading = true;
        member.again = false;
        long began = feed.now();
        ask(member.user, member.token, Long.MAX_VALUE)
                .compose(grant -> join(member, grant.subjects()))
                .onComplete(done -> {
                    long wait = SHORTEST_MS - (feed.now() - began);
                    feed.later(wait, () -> {
                        member.reading = false;
                        if (member.again && members.get(member.user) == member) {
                            refresh(member);
                        }
                    });
                });
    }

    private Future<?> join(Member member, List<SubjectId> subjects) {
        List<Future<?>> joining = new ArrayList<>();
        for (Subscription subscription : member.subscriptions) {
            Set<SubjectId> fresh = subjects.stream()
                    .filter(subject -> !subscription.has(subject))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!fresh.isEmpty()) {
                joining.add(feed.watch(subscription, fresh).onSuccess(subscription::join));
            }
        }
        return Future.join(joining);
    }

    private Future<Grant> ask(String user, long token, long since) {
        return services.ask(new SubjectRequest.WatchUser(user, address, token, since))
                .map(reply -> {
                    if (reply instanceof Reply.SubjectsGranted granted) {
                        return new Grant(granted.subjects(), granted.left());
                    }
                    throw new Failed((Reply.Failure) reply);
                });
    }

    private static final class Member {
        private final String user;
        private final Set<Subscription> subscriptions = new HashSet<>();
        private long token;
        private boolean reading;
        private boolean again;

        Member(String user) {
            this.user = user;
        }
    }
}
