package coldstream.scorer.model;

import coldstream.domain.ScoreTranscript.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what chat models are asked and answer while something is done, in this thread and in those it is
 * {@linkplain #carried carried} to; for people to look at later. Keeps the first calls, each cut, with secrets hidden.
 *
 * <p>It goes around the scorers, not through them: what wraps a scorer neither knows nor passes it.
 */
public final class Transcript {

    /** Calls kept of a request; two orders, each asked again once. */
    static final int CALLS = 4;

    private static final int INSTRUCTION = 2_000;
    private static final int QUESTION = 8_000;
    private static final int ANSWER = 4_000;

    private static final ThreadLocal<@Nullable Transcript> LISTENING = new ThreadLocal<>();

    private final List<Call> calls = new ArrayList<>();
    private int more;

    private Transcript() {}

    /**
     * What was done, and what was heard meanwhile.
     *
     * @param calls the first ones
     * @param more calls that are not kept
     */
    public record Heard<T>(T result, List<Call> calls, int more) {}

    /** Does it, and listens. */
    public static <T> Heard<T> during(Supplier<T> work) {
        Transcript transcript = new Transcript();
        LISTENING.set(transcript);
        try {
            return transcript.heard(work.get());
        } finally {
            LISTENING.remove();
        }
    }

    private synchronized <T> Heard<T> heard(T result) {
        return new Heard<>(result, List.copyOf(calls), more);
    }

    /** The same work, heard by whoever listens in this thread now, in whichever thread it is done. */
    static <T> Callable<T> carried(Callable<T> work) {
        Transcript listening = LISTENING.get();
        return listening == null
                ? work
                : () -> {
                    LISTENING.set(listening);
                    try {
                        return work.call();
                    } finally {
                        LISTENING.remove();
                    }
                };
    }

    /** Notes a call, if anybody listens. */
    static void note(ChatQuestion question, Exchange exchange, Payloads payloads) {
        Transcript listening = LISTENING.get();
        if (listening != null) {
            listening.add(question, exchange, payloads);
        }
    }

    private synchronized void add(ChatQuestion question, Exchange exchange, Payloads payloads) {
        if (calls.size() == CALLS) {
            more++;
            return;
        }
        calls.add(new Call(
                payloads.shown(question.instruction(), INSTRUCTION),
                payloads.shown(question.text(), QUESTION),
                payloads.shown(answer(exchange), ANSWER)));
    }

    private static String answer(Exchange exchange) {
        if (exchange instanceof Exchange.Failed failed) {
            return "(none: " + failed.fault().tag() + ", " + failed.why() + ")";
        }
        Exchange.Answered answered = (Exchange.Answered) exchange;
        StringBuilder text = new StringBuilder(answered.text());
        answered.first().forEach(token -> text.append("\n(ln p = ")
                .append(token.logProbability())
                .append(") ")
                .append(token.text()));
        return text.toString();
    }
}
