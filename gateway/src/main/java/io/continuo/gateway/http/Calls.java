package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.LayerId;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Links;
import io.continuo.gateway.dialect.Renderers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** Makes a {@link Call} of a request. */
final class Calls {
    private final BaseUrl baseUrl;
    private final Renderers renderers;

    Calls(BaseUrl baseUrl, Renderers renderers) {
        this.baseUrl = baseUrl;
        this.renderers = renderers;
    }

    /** A call that need not name a version. */
    Call open(RoutingContext context) {
        return call(context, accepted(context, Dialect.LAYER_2_0));
    }

    /** A call that has to name a version (protocol/layer.md §13.1). */
    Call versioned(RoutingContext context) {
        return AcceptedDialect.of(context.request().getHeader(HttpHeaders.ACCEPT))
                .map(dialect -> call(context, dialect))
                .orElseThrow(() -> unversioned("1.0, 2.0 or 3.0"));
    }

    /** A call of the Server API, about the app in its path (§14.1). */
    Call server(RoutingContext context) {
        return server(
                context,
                AcceptedDialect.ofServer(context.request().getHeader(HttpHeaders.ACCEPT))
                        .orElseThrow(() -> unversioned("1.0, 1.1, 2.0 or 3.0")));
    }

    /** A call about the webhooks of the app in its path (§14.2). */
    Call webhooks(RoutingContext context) {
        return server(
                context,
                AcceptedDialect.ofWebhooks(context.request().getHeader(HttpHeaders.ACCEPT))
                        .orElseThrow(() -> unversioned(".webhooks", "1.0, 2.0 or 3.0")));
    }

    private Call server(RoutingContext context, Dialect dialect) {
        String app = LayerId.encode(Objects.requireNonNullElse(context.pathParam("app"), ""));
        Links links = new Links(baseUrl.of(context.request())).ofApp(app);
        return new Call(context, dialect, links, renderers.of(dialect, links), "");
    }

    private static Declined unversioned(String versions) {
        return unversioned("", versions);
    }

    private static Declined unversioned(String what, String versions) {
        return new Declined(Reply.Failure.ofProperty(
                ErrorCode.INVALID_HEADER,
                "Accept",
                "Accept must be application/vnd.layer" + what + "+json; version=" + versions + "."));
    }

    private static Dialect accepted(RoutingContext context, Dialect otherwise) {
        return AcceptedDialect.of(context.request().getHeader(HttpHeaders.ACCEPT))
                .orElse(otherwise);
    }

    private Call call(RoutingContext context, Dialect dialect) {
        String base = baseUrl.of(context.request());
        return new Call(context, dialect, new Links(base), renderers.of(dialect, base), "");
    }
}
