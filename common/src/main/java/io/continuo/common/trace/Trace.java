package io.continuo.common.trace;

import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The id of the request that is being worked on. It belongs to the context of Vert.x in which that happens, and so
 * stays with all that follows from it; over the bus it travels in a header. {@link TraceFilter} puts it into the lines that
 * are logged meanwhile, so nobody else needs to mention it.
 */
public final class Trace {
    private static final String HEADER = "trace";
    private static final ContextLocal<String> ID = ContextLocal.registerLocal(String.class);

    private Trace() {}

    /** Contexts have room for what is known before the first of them is made: see {@link TraceProvider}. */
    static void prepare() {
        assert ID != null;
    }

    /** A new id: 32 hexadecimal digits, as W3C's {@code traceparent} has them. */
    public static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder id = new StringBuilder(32);
        digits(id, random.nextLong());
        digits(id, random.nextLong());
        return id.toString();
    }

    private static void digits(StringBuilder id, long bits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            id.append(Character.forDigit((int) (bits >>> shift) & 15, 16));
        }
    }

    /** The id of what is being worked on, or null. */
    public static @Nullable String current() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(ID);
    }

    /** From here on the current context works on {@code id}: for those that belong to one request alone. */
    public static void begin(String id) {
        Context context = Vertx.currentContext();
        if (context != null) {
            context.putLocal(ID, id);
        }
    }

    /** The same for the handler of a message from the bus, which has a context of its own. */
    public static void begin(MultiMap headers) {
        String id = headers.get(HEADER);
        if (id != null) {
            begin(id);
        }
    }

    /** Options for a message that is sent on behalf of the current request. */
    public static DeliveryOptions onward(DeliveryOptions options) {
        String id = current();
        return id == null ? options : new DeliveryOptions(options).addHeader(HEADER, id);
    }

    /** Does {@code work}, and what follows from it, in a context of its own; {@code id} is null for nobody's request. */
    public static <T> T within(@Nullable String id, Supplier<T> work) {
        if (!(Vertx.currentContext() instanceof ContextInternal current)) {
            return work.get();
        }
        ContextInternal own = current.duplicate();
        if (id == null) {
            own.removeLocal(ID);
        } else {
            own.putLocal(ID, id);
        }
        ContextInternal before = own.beginDispatch();
        try {
            return work.get();
        } finally {
            own.endDispatch(before);
        }
    }
}
