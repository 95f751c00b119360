package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.Identity;
import io.continuo.gateway.auth.SessionToken;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionRoutesTest {
    private final Path directory;
    private Edge edge;

    SessionRoutesTest(@TempDir Path directory) {
        this.directory = directory;
        this.edge = Edge.start(directory);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void leadFromANonceToASession() {
        String nonce = nonce();
        String identityToken = identityToken(nonce, "");
        HttpResponse<String> created = edge.post(
                edge.layer("/sessions").header("Authorization", "Layer session-token=\"dead\""),
                "{'identity_token': '" + identityToken + "', 'app_id': 'layer:///apps/staging/any'}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Link"))
                .contains(
                        "<%1$s/content>; rel=content, <%1$s/conversations>; rel=conversations, <ws%2$s/websocket>; rel=websocket"
                                .formatted(edge.base(), edge.base().substring(4)));
        assertThat(edge.asked).containsExactly(new SessionRequest.OpenSession(Identity.of("ines"), nonce));
        String token = json(created).getString("session_token");
        assertThat(edge.send(edge.bare("/?session_token=" + token)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void answerTheConnectionTestLikeANonce() {
        assertThat(edge.post(edge.layer("/nonces?connection-test"), "").statusCode())
                .isEqualTo(201);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void refuseABadIdentityToken() {
        HttpResponse<String> bad = edge.post(edge.layer("/sessions"), "{'identity_token': 'a.b.c'}");
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(json(bad).getString("id")).isEqualTo("invalid_property");
        assertThat(json(bad).getJsonObject("data").getString("property")).isEqualTo("identity_token");

        HttpResponse<String> missing = edge.post(edge.layer("/sessions"), "");
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(json(missing).getString("id")).isEqualTo("missing_property");
    }

    @Test
    void refuseASpentNonce() {
        String token = identityToken(nonce(), "");
        edge.service = request -> Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, "nonce", "Spent.");
        HttpResponse<String> response = edge.post(edge.layer("/sessions"), "{'identity_token': '" + token + "'}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).getJsonObject("data").getString("property")).isEqualTo("identity_token");
    }

    @Test
    void refuseAnotherApp() {
        edge.close();
        edge = Edge.start(directory, Map.of("CONTINUO_APP_ID", "layer:///apps/staging/A1"));
        String body = "{'identity_token': '" + identityToken(nonce(), "") + "', 'app_id': '%s'}";
        HttpResponse<String> other = edge.post(edge.layer("/sessions"), body.formatted("layer:///apps/staging/A2"));
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(json(other).getString("id")).isEqualTo("invalid_app_id");
        for (String ours : new String[] {"A1", "layer:///apps/production/A1", "layer:///apps/staging/A1"}) {
            assertThat(edge.post(edge.layer("/sessions"), body.formatted(ours)).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void endForGood() {
        SessionToken session = edge.session("ines");
        HttpResponse<String> deleted =
                edge.send(edge.layer("/sessions/" + session.token()).DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(edge.asked)
                .containsExactly(new SessionRequest.RevokeSession(
                        "ines", session.session().sessionId(), session.session().expiresAtMs()));
    }

    @Test
    void mayEndTwice() {
        String dead = edge.authenticator.issue("ines", Duration.ofSeconds(-5)).token();
        assertThat(edge.send(edge.layer("/sessions/" + dead).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(edge.send(edge.layer("/sessions/garbage").DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void areToldApartAtTheRoot() {
        HttpResponse<String> nobody = edge.send(edge.bare("/"));
        assertThat(nobody.statusCode()).isEqualTo(200);
        assertThat(nobody.headers().firstValue("Link").orElse("")).contains("rel=nonces", "rel=sessions");

        HttpResponse<String> live = edge.send(edge.as("ines", "/?action=validateConnectionForWebsocket&client=3.4.18"));
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(json(live)).isEmpty();

        HttpResponse<String> dead =
                edge.send(edge.layer("/?client=x").header("Authorization", "Layer session-token=\"dead\""));
        expectChallenge(dead);
    }

    @Test
    void areNeededEverywhereElse() {
        expectChallenge(edge.send(edge.layer("/conversations")));
        String expired =
                edge.authenticator.issue("ines", Duration.ofSeconds(-5)).token();
        expectChallenge(edge.send(edge.layer("/conversations").header("Authorization", "Bearer " + expired)));
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void areCheckedForRevocationAtMostOnceASecond() {
        String token = "Bearer " + edge.token("ines");
        for (int i = 0; i < 5; i++) {
            edge.send(edge.layer("/identities/omar").header("Authorization", token));
        }
        assertThat(edge.checked.size()).isBetween(1, 4);

        edge.service = request -> Edge.refuse(ErrorCode.AUTHENTICATION_REQUIRED);
        expectChallenge(edge.send(edge.as("omar", "/identities/omar")));
    }

    @Test
    void areNotDeniedWhenNobodyCanTell() {
        edge.service = request -> Edge.refuse(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(edge.send(edge.as("ines", "/identities/omar")).statusCode()).isEqualTo(503);
    }

    @Test
    void areForFreeInDevelopment() {
        HttpResponse<String> created = edge.post(
                edge.bare("/dev/session"), "{'user_id': 'ines', 'display_name': 'Ines', 'session_ttl_seconds': 60}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(edge.asked).singleElement().isInstanceOfSatisfying(SessionRequest.OpenSession.class, open -> {
            assertThat(open.nonce()).isNull();
            assertThat(open.identity().person().displayName()).isEqualTo("Ines");
        });
        String token = json(created).getString("session_token");
        assertThat(edge.send(edge.bare("/").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void areNotForFreeInProduction() {
        edge.close();
        edge = Edge.start(directory, Map.of("CONTINUO_DEV_LOGIN", "false"));
        for (String path : new String[] {"/dev/session", "/dev/identity-token"}) {
            HttpResponse<String> response = edge.post(edge.bare(path), "{'user_id': 'ines', 'nonce': 'n'}");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response).getString("id")).isEqualTo("invalid_endpoint");
        }
    }

    private void expectChallenge(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).getString("id")).isEqualTo("authentication_required");
        assertThat(edge.authenticator.isLive(
                        json(response).getJsonObject("data").getString("nonce")))
                .isTrue();
    }

    private String nonce() {
        return json(edge.post(edge.layer("/nonces"), "")).getString("nonce");
    }

    private String identityToken(String nonce, String more) {
        HttpResponse<String> response = edge.post(
                edge.bare("/dev/identity-token"), "{'user_id': 'ines', 'nonce': '" + nonce + "'" + more + "}");
        assertThat(response.statusCode()).isEqualTo(201);
        return json(response).getString("identity_token");
    }
}
