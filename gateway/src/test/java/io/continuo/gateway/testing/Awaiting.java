package io.continuo.gateway.testing;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waits for futures in tests. */
public final class Awaiting {
    private static final int SECONDS = 10;

    private Awaiting() {}

    /** The future's result; throws what it fails with, as it is when it is unchecked. */
    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException unchecked ? unchecked : failed;
        }
    }
}
