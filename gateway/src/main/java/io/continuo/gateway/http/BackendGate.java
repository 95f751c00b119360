package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.UserId;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.Apps;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets calls of the Server API pass that show a token of the app they are about (protocol/layer.md §14.1). */
final class BackendGate {
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private final Apps apps;

    BackendGate(Apps apps) {
        this.apps = apps;
    }

    /** The same call, made by the backend of the app in its path; throws {@link Declined}. */
    Call admit(Call call) {
        String token = token(call);
        AppSettings app = apps.named(call.path("app"))
                .filter(named -> named.admitsBackend(token))
                .orElseThrow(() -> new Declined(refusal(token)));
        if (app.suspended()) {
            throw new Declined(Reply.Failure.of(ErrorCode.APP_SUSPENDED, "This app is suspended."));
        }
        return call.as(UserId.backend(app.tag()));
    }

    /** Whoever has a token of another app may know that they have named the wrong one. */
    private Reply.Failure refusal(String token) {
        return apps.all().stream().anyMatch(app -> app.admitsBackend(token))
                ? Reply.Failure.of(ErrorCode.INVALID_APP_ID, "This token is for another app.")
                : Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "This needs a server token of the app.");
    }

    private static String token(Call call) {
        String header = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        Matcher bearer = BEARER.matcher(header == null ? "" : header);
        return bearer.matches() ? bearer.group(1) : "";
    }
}
