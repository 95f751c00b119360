package io.continuo.presence.visit;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.redis.Keys;
import io.continuo.presence.Stage;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitsTest {
    private static final int LIFE = 300;
    private Stage stage;
    private int named;

    @BeforeAll
    void open() {
        stage = new Stage();
    }

    @AfterAll
    void close() {
        stage.close();
    }

    @Test
    void whoClaimsLaterLearnsWhereTheVisitStoodAndWhoHadIt() {
        String id = "visit-" + named++;
        Reply.VisitClaimed first = claim(id, "here");
        assertThat(first.home()).isEmpty();
        assertThat(first.state()).isEmpty();
        assertThat(keep(id, first.number(), "here", "what", "7")).isInstanceOf(Reply.Done.class);
        Reply.VisitClaimed second = claim(id, "there");
        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(second.home()).isEqualTo("here");
        assertThat(second.state()).isEqualTo("what");
        assertThat(second.cursor()).isEqualTo("7");
    }

    @Test
    void onlyTheLastToClaimChangesIt() {
        String id = "visit-" + named++;
        long first = claim(id, "here").number();
        long second = claim(id, "there").number();
        assertThat(code(keep(id, first, "here", "stale", "1"))).isEqualTo(ErrorCode.CONFLICT);
        keep(id, second, "there", "fresh", "2");
        assertThat(claim(id, "elsewhere").state()).isEqualTo("fresh");
    }

    @Test
    void aVisitThatWasForgottenIsKeptAgainByItsHome() {
        String id = "visit-" + named++;
        long number = claim(id, "here").number();
        stage.redis(Command.DEL, Keys.visit(id));
        assertThat(keep(id, number, "here", "what", "7")).isInstanceOf(Reply.Done.class);
        assertThat(claim(id, "there").state()).isEqualTo("what");
    }

    @Test
    void anEndedVisitIsUnknown() {
        String id = "visit-" + named++;
        claim(id, "here");
        assertThat(ask(visits -> visits.find(new PresenceRequest.FindVisit(id))))
                .isEqualTo(new Reply.VisitFound("here"));
        assertThat(ask(visits -> visits.end(new PresenceRequest.EndVisit(id)))).isEqualTo(new Reply.VisitFound("here"));
        assertThat(code(ask(visits -> visits.find(new PresenceRequest.FindVisit(id)))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(ask(visits -> visits.end(new PresenceRequest.EndVisit(id)))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void nothingIsRememberedForEver() {
        String id = "visit-" + named++;
        long number = claim(id, "here").number();
        assertThat(lifeOf(id)).isBetween(1, LIFE);
        stage.redis(Command.PERSIST, Keys.visit(id));
        keep(id, number, "here", "", "");
        assertThat(lifeOf(id)).isBetween(1, LIFE);
    }

    private int lifeOf(String id) {
        return stage.with(redis -> redis.send(Request.cmd(Command.TTL).arg(Keys.visit(id)))
                .map(ttl -> Objects.requireNonNull(ttl).toInteger()));
    }

    private Reply.VisitClaimed claim(String id, String home) {
        return (Reply.VisitClaimed) ask(visits -> visits.claim(new PresenceRequest.ClaimVisit(id, home, LIFE)));
    }

    private Reply keep(String id, long number, String home, String state, String cursor) {
        return ask(visits -> visits.keep(new PresenceRequest.KeepVisit(id, number, home, state, cursor, LIFE)));
    }

    private Reply ask(Function<Visits, Future<Reply>> question) {
        return stage.with(redis -> question.apply(new Visits(redis)));
    }

    private static ErrorCode code(Reply reply) {
        return ((Reply.Failure) reply).code();
    }
}
