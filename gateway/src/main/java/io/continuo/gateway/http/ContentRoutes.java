package io.continuo.gateway.http;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.model.LayerId;
import io.continuo.gateway.content.ContentInfo;
import io.continuo.gateway.content.ContentLinks;
import io.continuo.gateway.content.ContentStore;
import io.continuo.gateway.dialect.Downloads;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rich content (protocol/layer.md §13.6): announced, uploaded to a signed link, downloaded from another. The links are
 * open to whoever holds them; who gets a fresh one, the service decides.
 */
final class ContentRoutes {
    private static final String FILE = "/content/:id/file";

    private final ServiceClient services;
    private final ContentStore store;
    private final ContentLinks links;
    private final long largest;

    /** @param largest bytes */
    ContentRoutes(ServiceClient services, ContentStore store, ContentLinks links, long largest) {
        this.services = services;
        this.store = store;
        this.links = links;
        this.largest = largest;
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .secured(HttpMethod.POST, "/content", this::announce)
                .secured(HttpMethod.GET, "/content/:id", this::refresh)
                .backend(HttpMethod.POST, "/conversations/:id/content", call -> inside(call, this::announce))
                .backend(HttpMethod.GET, "/conversations/:id/content/:cid", call -> inside(call, this::refresh))
                .streamed(HttpMethod.PUT, FILE, this::upload)
                .open(HttpMethod.GET, FILE, this::download);
    }

    /** A backend names the conversation that it wants content for; there has to be one (§14.1). */
    private Future<?> inside(Call call, Endpoints.Operation operation) {
        String conversation = RequestReader.objectId("conversations", call.path("id"));
        return services.ask(new ConversationRequest.GetConversation(call.user(), conversation))
                .compose(reply -> reply instanceof Reply.Failure failure
                        ? call.fail(failure)
                        : operation.run(call).<Void>mapEmpty());
    }

    private Future<?> announce(Call call) {
        String type = call.request().getHeader("Upload-Content-Type");
        long size = number(call.request().getHeader("Upload-Content-Length"), 0);
        if (size < 0 || size > largest) {
            return call.fail(Reply.Failure.ofProperty(
                    ErrorCode.INVALID_PROPERTY, "size", "Content may have at most " + largest + " bytes."));
        }
        String id = LayerId.newUuid();
        ContentInfo info = new ContentInfo(type == null ? ContentInfo.ANYTHING : type, size);
        call.headers().set(HttpHeaders.LOCATION, call.links().content(id));
        JsonObject content = content(call, id, size).put("upload_url", links.upload(call.links(), id, info));
        String text = content.putNull("download_url").putNull("expiration").encode();
        return services.ask(new MessageRequest.AnnounceContent(call.user(), id, info.type(), size))
                .compose(reply -> reply instanceof Reply.Failure failure ? call.fail(failure) : call.json(201, text));
    }

    private Future<?> refresh(Call call) {
        String id = id(call);
        return services.ask(new MessageRequest.GetContent(call.user(), id)).compose(reply -> switch (reply) {
            case Reply.ContentFound found ->
                call.json(200, downloadable(call, id, new ContentInfo(found.type(), found.size())));
            case Reply.Failure failure -> call.fail(failure);
            default -> Future.failedFuture(new IllegalStateException("Not content: " + reply));
        });
    }

    private String downloadable(Call call, String id, ContentInfo info) {
        Downloads.Download download = links.of(call.links(), id);
        return content(call, id, info.size())
                .putNull("upload_url")
                .put("download_url", download.url())
                .put("expiration", Instant.ofEpochMilli(download.expiresAtMs()).toString())
                .encode();
    }

    private Future<?> upload(Call call) {
        String id = id(call);
        ContentInfo announced = new ContentInfo(
                call.query("type").orElse(ContentInfo.ANYTHING),
                number(call.query("size").orElse(""), 0));
        if (!links.permitsUpload(id, announced, expires(call), signature(call))) {
            return call.fail(badLink());
        }
        // Who sends in chunks does not say how much will come; browsers and SDKs all do. What was announced is not held
        // against them: SDK 1.2.2 announces characters and sends bytes.
        long size = number(call.request().getHeader(HttpHeaders.CONTENT_LENGTH), -1);
        if (size < 0 || size > largest) {
            return call.fail(Reply.Failure.ofProperty(
                    ErrorCode.INVALID_PROPERTY,
                    "size",
                    "Content-Length must be given, and at most " + largest + " bytes."));
        }
        call.request().pause();
        return store.save(id, new ContentInfo(announced.type(), size), call.request())
                .compose(saved -> services.ask(new MessageRequest.ContentUploaded(id, size)))
                .compose(reply -> reply instanceof Reply.Failure failure ? call.fail(failure) : call.empty(200));
    }

    private Future<?> download(Call call) {
        String id = id(call);
        if (!links.permitsDownload(id, expires(call), signature(call))) {
            return call.fail(badLink());
        }
        return store.find(id)
                .compose(found -> found.map(info -> send(call, id, info)).orElseGet(() -> call.fail(notFound())));
    }

    private Future<Void> send(Call call, String id, ContentInfo info) {
        call.headers()
                .set(HttpHeaders.CONTENT_TYPE, info.type())
                .set("X-Content-Type-Options", "nosniff")
                .set("Content-Security-Policy", "default-src 'none'; sandbox")
                .set(HttpHeaders.CONTENT_DISPOSITION, info.isShowable() ? "inline" : "attachment")
                .set(HttpHeaders.CACHE_CONTROL, "private, max-age=3600");
        return call.context().response().sendFile(store.path(id));
    }

    private static JsonObject content(Call call, String id, long size) {
        return new JsonObject()
                .put("id", LayerId.content(id))
                .put("refresh_url", call.links().content(id))
                .put("size", size);
    }

    private static String id(Call call) {
        String ofConversation = call.path("cid");
        return RequestReader.objectId("content", ofConversation.isEmpty() ? call.path("id") : ofConversation);
    }

    private static long expires(Call call) {
        return number(call.query("expires").orElse(""), 0);
    }

    private static String signature(Call call) {
        return call.query("signature").orElse("");
    }

    private static long number(@Nullable String text, long otherwise) {
        return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : otherwise;
    }

    private static Reply.Failure badLink() {
        return Reply.Failure.of(ErrorCode.ACCESS_DENIED, "This link is not good (any more).");
    }

    private static Reply.Failure notFound() {
        return Reply.Failure.of(ErrorCode.NOT_FOUND, "There is no such content (yet).");
    }
}
