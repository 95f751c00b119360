package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.Identity;
import io.continuo.common.model.LayerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How sessions begin and end (protocol/layer.md §3). */
class SessionsIT extends ServiceScene {
    @Test
    void aNonceIsSpentOnce() throws Exception {
        Identity identity = Identity.of(someone());
        String nonce = LayerId.newUuid();
        assertThat(service.ask(new SessionRequest.OpenSession(identity, nonce)))
                .isInstanceOf(Reply.SessionOpened.class);
        assertThat(((Reply.Failure) service.ask(new SessionRequest.OpenSession(identity, nonce))).property())
                .isEqualTo("identity_token");
    }

    @Test
    void allSessionsThatHadBegunAreTurnedAwayAndNewOnesAreNot() throws Exception {
        Identity identity = Identity.of(someone());
        String ines = identity.person().userId();
        long before = began(identity);
        service.ask(new SessionRequest.RevokeSessions(ines));
        assertThat(service.ask(new SessionRequest.CheckSession(ines, "s1", before)))
                .isInstanceOf(Reply.Failure.class);
        assertThat(service.ask(new SessionRequest.RenewSession(new SessionRequest.CheckSession(ines, "s1", before))))
                .isInstanceOf(Reply.Failure.class);
        assertThat(service.ask(new HistoryRequest.Attach(ines, "s1", before, Service.LOOP, 1_000_001, null)))
                .isInstanceOf(Reply.Failure.class);
        await().untilAsserted(() -> assertThat(began(identity)).isGreaterThan(before));
        long after = began(identity) + 1;
        assertThat(service.ask(new SessionRequest.CheckSession(ines, "s2", after)))
                .isInstanceOf(Reply.Done.class);
        assertThat(service.ask(new SessionRequest.FindEndedSessions(List.of(
                        new SessionRequest.CheckSession(ines, "s2", after),
                        new SessionRequest.CheckSession(ines, "s1", before)))))
                .isEqualTo(new Reply.EndedSessions(List.of(1)));
    }

    private static long began(Identity identity) throws Exception {
        return ((Reply.SessionOpened) service.ask(new SessionRequest.OpenSession(identity, null))).timeMs();
    }

    @Test
    void theBackendSaysHowLongSessionsLive() throws Exception {
        Identity identity = Identity.of(someone());
        assertThat(((Reply.SessionOpened) service.ask(new SessionRequest.OpenSession(identity, null))).ttlSeconds())
                .isEqualTo(1_209_600);
        for (int wrong : new int[] {29, 31_536_001, -1}) {
            assertThat(((Reply.Failure) service.ask(new SessionRequest.SetSessionTtl("", wrong))).property())
                    .isEqualTo("session_ttl_in_seconds");
        }
        service.ask(new SessionRequest.SetSessionTtl("", 60));
        assertThat(((Reply.SessionOpened) service.ask(new SessionRequest.OpenSession(identity, null))).ttlSeconds())
                .isEqualTo(60);
        service.ask(new SessionRequest.SetSessionTtl("", 1_209_600));
    }

    @Test
    void aRevokedSessionIsTurnedAwayEverywhere() throws Exception {
        String ines = someone();
        long later = System.currentTimeMillis() + 60_000;
        service.ask(new SessionRequest.RevokeSession(ines, "s1", later));
        Reply attach = service.ask(new HistoryRequest.Attach(ines, "s1", 7, Service.LOOP, 1_000_000, null));
        assertThat(((Reply.Failure) attach).code()).isEqualTo(ErrorCode.AUTHENTICATION_REQUIRED);
        assertThat(service.ask(new SessionRequest.CheckSession(ines, "s1", 7))).isInstanceOf(Reply.Failure.class);
        assertThat(service.ask(new SessionRequest.CheckSession(ines, "s2", 7))).isInstanceOf(Reply.Done.class);
    }
}
