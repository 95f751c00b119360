package io.continuo.presence.status;

import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What follows from a change of users' presence: others are told, the users get or keep their places among the watchers
 * of others, and it is planned when to look again. Whoever does not get through is followed up by the {@link Agenda}.
 */
final class Care {
    private static final int MOST_DUE = 100;

    private final RedisLink redis;
    private final Standings standings;
    private final Agenda agenda;
    private final Herald herald;
    private final Enrolment enrolment;
    private final long lingerMs;

    Care(RedisLink redis, Standings standings, Agenda agenda, Herald herald, Enrolment enrolment, Pace pace) {
        this.redis = redis;
        this.standings = standings;
        this.agenda = agenda;
        this.herald = herald;
        this.enrolment = enrolment;
        this.lingerMs = pace.linger().toMillis();
    }

    /**
     * Completes when all is done.
     *
     * @param planned for when these users had been planned
     */
    Future<Void> takeCare(List<Standings.Settled> settled, long planned) {
        return herald.tell(settled).compose(told -> upkeep(settled, 0, planned, new ArrayList<>()));
    }

    /** Looks after users who are due; completes with whether there may be more. */
    Future<Boolean> lookAfterDue() {
        return agenda.take(MOST_DUE)
                .compose(taken -> taken.users().isEmpty()
                        ? Future.succeededFuture(false)
                        : redis.batch(taken.users().stream()
                                        .map(standings::settle)
                                        .toList())
                                .map(answers -> {
                                    List<Standings.Settled> settled = new ArrayList<>(answers.size());
                                    for (int i = 0; i < answers.size(); i++) {
                                        settled.add(
                                                Standings.settled(taken.users().get(i), answers.get(i)));
                                    }
                                    return settled;
                                })
                                .compose(settled -> takeCare(settled, taken.again()))
                                .map(done -> taken.users().size() == MOST_DUE));
    }

    private Future<Void> upkeep(
            List<Standings.Settled> settled, int index, long planned, List<Agenda.Finished> finished) {
        if (index == settled.size()) {
            return agenda.finish(finished);
        }
        Standings.Settled one = settled.get(index);
        return upkeep(one).compose(next -> {
            finished.add(new Agenda.Finished(
                    one.user(),
                    planned,
                    LongStream.of(one.due(), next)
                            .filter(time -> time > 0)
                            .min()
                            .orElse(0)));
            return upkeep(settled, index + 1, planned, finished);
        });
    }

    /** Completes with when the user's place among watchers is to be looked after again; 0 for never. */
    private Future<Long> upkeep(Standings.Settled one) {
        Standing standing = one.standing();
        Optional<Long> lease = standing.lease();
        if (lease.isEmpty()) {
            return Future.succeededFuture(0L);
        }
        if (standing.watching()) {
            return lease.get() - Enrolment.RENEW_MS > one.now()
                    ? Future.succeededFuture(lease.get() - Enrolment.RENEW_MS)
                    : enrolment.enrol(one.user(), one.now()).map(until -> until - Enrolment.RENEW_MS);
        }
        return standing.unwatched() + lingerMs > one.now()
                ? Future.succeededFuture(standing.unwatched() + lingerMs)
                : enrolment.retire(one.user(), lingerMs).map(0L);
    }
}
