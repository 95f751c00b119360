package io.continuo.gateway.content;

import io.continuo.common.model.LayerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Rich content in files: {@code <directory>/<first two digits>/<uuid>} holds the bytes and {@code <uuid>.json} what is
 * known of them. Several nodes need a directory that they share.
 */
public final class ContentStore {
    private final FileSystem files;
    private final Path directory;

    public ContentStore(Vertx vertx, Path directory) {
        this.files = vertx.fileSystem();
        this.directory = directory;
    }

    /**
     * Keeps {@code bytes}; whoever reads meanwhile sees all of them or what was there before.
     *
     * @param id bare UUID
     * @param bytes paused
     */
    public Future<Void> save(String id, ContentInfo info, ReadStream<Buffer> bytes) {
        String upload = path(id) + "." + LayerId.newUuid() + ".upload";
        return files.mkdirs(folder(id).toString())
                .compose(made -> files.open(upload, new OpenOptions().setCreateNew(true)))
                .compose(file -> bytes.pipeTo(file).eventually(() -> closed(file)))
                .compose(piped -> files.writeFile(infoPath(id), toJson(info)))
                .compose(written -> files.move(
                        upload, path(id), new CopyOptions().setAtomicMove(true).setReplaceExisting(true)))
                .onFailure(broken -> files.delete(upload));
    }

    /** What is known of the content; empty when it was never uploaded. */
    public Future<Optional<ContentInfo>> find(String id) {
        return files.exists(path(id))
                .compose(there -> there
                        ? files.readFile(infoPath(id)).map(json -> Optional.of(fromJson(json)))
                        : Future.succeededFuture(Optional.empty()));
    }

    /** Deletes what is here of the content; elsewhere others do. */
    public void drop(String id) {
        files.delete(path(id)).onComplete(gone -> files.delete(infoPath(id)));
    }

    /** The file that holds the bytes. */
    public String path(String id) {
        return folder(id).resolve(id).toString();
    }

    private String infoPath(String id) {
        return path(id) + ".json";
    }

    private Path folder(String id) {
        return directory.resolve(id.substring(0, 2));
    }

    /** The pipe has closed the file when all went well. */
    private static Future<Void> closed(AsyncFile file) {
        return file.close().otherwiseEmpty();
    }

    private static Buffer toJson(ContentInfo info) {
        return new JsonObject()
                .put("type", info.type())
                .put("size", info.size())
                .toBuffer();
    }

    private static ContentInfo fromJson(Buffer json) {
        JsonObject info = new JsonObject(json);
        return new ContentInfo(info.getString("type", ContentInfo.ANYTHING), info.getLong("size", 0L));
    }
}
