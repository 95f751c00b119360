package io.continuo.presence;

import static io.continuo.common.event.PresenceStatus.AWAY;
import static io.continuo.common.event.PresenceStatus.BUSY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.redis.Keys;
import io.continuo.farm.Topology;
import io.continuo.presence.status.Pace;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What presence costs, in commands that Redis executes, those within scripts included. Prints what docs/benchmarks.md says. */
class WatchingCostTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Pattern CALLS = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+)");

    private final Stage stage = new Stage();
    private final ServiceClient services = new ServiceClient(stage.vertx(), new Partitions(64));

    @BeforeEach
    void start() {
        assumeThat(Topology.isChosen())
                .as("another shape of Redis, where one server does not see all commands, or may not be asked")
                .isFalse();
        // Nothing that repeats itself disturbs the count.
        Pace pace = new Pace(NEVER, NEVER, NEVER, NEVER, NEVER);
        Stage.await(stage.vertx().deployVerticle(new PresenceVerticle(stage.settings(), pace)));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aChangeCostsWhoWatchesHoweverManyFollow() {
        long ofFew = flip("few", 20, 20);
        long ofMany = flip("many", 10_000, 20);
        long ofManyWatched = flip("watched", 10_000, 200);
        System.out.printf(
                "A change of status, in Redis commands: 20 followers who all watch %d; 10,000 of whom 20 watch %d;"
                        + " 10,000 of whom 200 watch %d%n",
                ofFew, ofMany, ofManyWatched);
        // An agenda that is looked at once more costs a few.
        assertThat(ofMany).isLessThan(150).isBetween(ofFew - 10, ofFew + 10);
        assertThat(ofManyWatched).isLessThan(10 * ofFew + 1);
    }

    @Test
    void whoComesBackCostsNothingHoweverManyAreFollowed() {
        List<Object> followed = new ArrayList<>(List.of(Keys.following("omar")));
        IntStream.range(0, 5_000).forEach(i -> followed.addAll(List.of(i, "user" + i)));
        stage.redis(Command.ZADD, followed.toArray());
        stage.redis(Command.SET, Keys.node("g1"), 1);
        long first = count(() -> ask(new PresenceRequest.WatchPresence("omar", "one", Addresses.loop("g1", 0))));
        ask(new PresenceRequest.Leave("omar", "one", Addresses.loop("g1", 0)));
        long second = count(() -> ask(new PresenceRequest.WatchPresence("omar", "two", Addresses.loop("g1", 0))));
        System.out.printf(
                "Presence.subscribe of one who follows 5,000, in Redis commands: the first time %d, within the lease"
                        + " %d%n",
                first, second);
        assertThat(first).isBetween(5_000L, 5_050L);
        assertThat(second).isLessThan(50);
    }

    /** What it costs when a user's status changes whom so many follow, and so many of them watch. */
    private long flip(String user, int followers, int watchers) {
        List<Object> all = new ArrayList<>(List.of(Keys.followers(user)));
        IntStream.range(0, followers).forEach(i -> all.add(user + i));
        stage.redis(Command.SADD, all.toArray());
        String[] watching = IntStream.range(0, watchers).mapToObj(i -> user + i).toArray(String[]::new);
        BlockingQueue<GatewayMessage.Relay> heard = stage.loop("g" + user, watching);
        for (String watcher : watching) {
            stage.redis(Command.ZADD, Keys.following(watcher), 1, user);
            ask(new PresenceRequest.WatchPresence(watcher, watcher, Addresses.loop("g" + user, 0)));
        }
        announce(user, AWAY);
        await().until(() -> heard.size() == 1 && told(user));
        return count(() -> {
            announce(user, BUSY);
            await().until(() -> heard.size() == 2);
        });
    }

    private void announce(String user, PresenceStatus status) {
        ask(new PresenceRequest.Announce(user, "desk", Addresses.loop("g" + user, 0), status));
    }

    private boolean told(String user) {
        return stage.<Boolean>with(redis -> redis.send(
                        Request.cmd(Command.HEXISTS).arg(Keys.presence(user)).arg("told"))
                .map(there -> there.toInteger() == 1));
    }

    private long count(Runnable action) {
        stage.redis(Command.CONFIG, "RESETSTAT");
        action.run();
        // What is noted after everybody has been told is on its way; nothing else is.
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            long now = calls();
            boolean same = now == last[0];
            last[0] = now;
            return same;
        });
        return last[0];
    }

    private long calls() {
        String stats = stage.with(redis ->
                redis.send(Request.cmd(Command.INFO).arg("commandstats")).map(Object::toString));
        long sum = 0;
        Matcher calls = CALLS.matcher(stats);
        while (calls.find()) {
            if (!List.of("info", "config|resetstat", "config").contains(calls.group(1))) {
                sum += Long.parseLong(calls.group(2));
            }
        }
        return sum;
    }

    private void ask(PresenceRequest request) {
        assertThat(Stage.await(services.ask(request))).isEqualTo(Reply.Done.INSTANCE);
    }
}
