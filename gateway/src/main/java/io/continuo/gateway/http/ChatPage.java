package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The chat page and the console, from a folder of the class path, and the page that explains errors. */
final class ChatPage {
    private static final String POLICY = "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws: wss:";
    private static final String HTML = "text/html; charset=utf-8";

    private final String folder;

    /** @param folder on the class path */
    ChatPage(String folder) {
        this.folder = folder;
    }

    void addTo(Router router) {
        // Browsers ask each time whether a file has changed: a deploy shows at once, and an answer of 304 is cheap.
        StaticHandler files = StaticHandler.create(FileSystemAccess.RELATIVE, folder)
                .setMaxAgeSeconds(0)
                .setIncludeHidden(false)
                .setDirectoryListing(false);
        router.route(HttpMethod.GET, "/web/*").handler(context -> {
            protect(context.response().headers());
            context.next();
        });
        router.route(HttpMethod.GET, "/web/*").handler(files);
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .open(HttpMethod.GET, "/console", call -> send(call, "/console.html"))
                .open(HttpMethod.GET, "/docs/errors", ChatPage::errors);
    }

    /** The page itself. */
    Future<?> send(Call call) {
        return send(call, "/index.html");
    }

    private Future<?> send(Call call, String file) {
        protect(call.headers());
        call.headers().set(HttpHeaders.CONTENT_TYPE, HTML).set(HttpHeaders.CACHE_CONTROL, "no-cache");
        return call.context().response().sendFile(folder + file);
    }

    private static Future<?> errors(Call call) {
        protect(call.headers());
        call.headers().set(HttpHeaders.CONTENT_TYPE, HTML);
        String rows = Arrays.stream(ErrorCode.values())
                .map(code -> "<li id=\"%d\">%d <code>%s</code>, HTTP %d</li>"
                        .formatted(code.code(), code.code(), code.id(), code.httpStatus()))
                .collect(Collectors.joining("\n"));
        return call.context()
                .response()
                .end("<!doctype html>\n<html lang=\"en\"><title>Errors</title>\n<h1>Errors</h1>\n<ul>\n" + rows
                        + "\n</ul></html>\n");
    }

    private static void protect(MultiMap headers) {
        headers.set("Content-Security-Policy", POLICY).set("X-Content-Type-Options", "nosniff");
    }
}
