package io.continuo.gateway.socket.presence;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Moves writers of whom nothing more is heard from started over paused to finished (protocol/layer.md §9.1), where they
 * are shown: whatever has died between the writer and here, nobody seems to write for ever. What arrives late is left out.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class TypingDecay {
    /** How long a state holds without news: more than the 2.5 s after which clients repeat it. */
    public static final Duration STEP = Duration.ofSeconds(4);

    /** Writers beyond these do not decay; whoever sees them lets go after six seconds without news. */
    private static final int MOST_WRITERS = 100_000;

    private static final int CHECKS_PER_STEP = 16;

    private final Vertx vertx;
    private final Duration step;
    private final Consumer<GatewayMessage.Relay> deliver;
    /** In the order of the last news of them. */
    private final Map<Writer, Word> words = new LinkedHashMap<>();

    private boolean checking;

    /** @param deliver shows a signal to the users that it names */
    public TypingDecay(Vertx vertx, Duration step, Consumer<GatewayMessage.Relay> deliver) {
        this.vertx = vertx;
        this.step = step;
        this.deliver = deliver;
    }

    /** Passes on what a writer says, unless something newer is known. */
    public void take(Signal.Typing typing, List<String> users) {
        Writer writer = new Writer(typing.conversationId(), typing.sender().userId());
        Word known = words.get(writer);
        if (known != null && known.typing().version() > typing.version()) {
            return;
        }
        note(writer, new Word(typing, users, System.nanoTime()));
        deliver.accept(new GatewayMessage.Relay(typing, users));
    }

    private void note(Writer writer, Word word) {
        words.remove(writer);
        if (words.size() < MOST_WRITERS) {
            words.put(writer, word);
            check();
        }
    }

    private void check() {
        if (!checking) {
            checking = true;
            vertx.setTimer(Math.max(1, step.toMillis() / CHECKS_PER_STEP), fired -> {
                checking = false;
                decay();
                if (!words.isEmpty()) {
                    check();
                }
            });
        }
    }

    private void decay() {
        long now = System.nanoTime();
        while (!words.isEmpty()) {
            Iterator<Map.Entry<Writer, Word>> oldestFirst = words.entrySet().iterator();
            Map.Entry<Writer, Word> oldest = oldestFirst.next();
            Word word = oldest.getValue();
            if (now - word.since() < step.toNanos()) {
                return;
            }
            oldestFirst.remove();
            if (word.typing().state() != TypingState.FINISHED) {
                Signal.Typing next = decayed(word.typing());
                words.put(oldest.getKey(), new Word(next, word.users(), now));
                deliver.accept(new GatewayMessage.Relay(next, word.users()));
            }
        }
    }

    private static Signal.Typing decayed(Signal.Typing typing) {
        return new Signal.Typing(
                typing.conversationId(),
                typing.sender(),
                typing.state() == TypingState.STARTED ? TypingState.PAUSED : TypingState.FINISHED,
                typing.version());
    }

    private record Writer(String conversation, String user) {}

    /** @param since on the clock of {@link System#nanoTime} */
    private record Word(Signal.Typing typing, List<String> users, long since) {}
}
