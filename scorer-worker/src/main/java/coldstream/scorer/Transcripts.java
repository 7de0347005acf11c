package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreTranscript;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TranscriptStore;
import coldstream.scorer.metrics.TaggedCounters;
import coldstream.scorer.model.Transcript;
import coldstream.scorer.model.Transcript.Heard;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps what a chat model was asked about a user last, and what it answered. Writes beside the asking, so that nobody waits for
 * the store; one that is away or too slow costs transcripts only.
 */
final class Transcripts implements AutoCloseable {

    private enum Result {
        STORED,
        STORE_AWAY,
        DROPPED
    }

    /** Transcripts that wait to be written. */
    private static final int WAITING = 100;

    private final TranscriptStore store;
    private final String model;
    private final InstantSource clock;
    private final TaggedCounters<Result> results;
    private final ExecutorService writer;

    /** @param model that is asked */
    Transcripts(TranscriptStore store, String model, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.model = model;
        this.clock = clock;
        this.results = TaggedCounters.of(
                meters,
                "coldstream.llm.transcripts",
                "Questions and answers kept to be looked at",
                "result",
                Result.class);
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> {
                    Thread thread = new Thread(task, "transcripts");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, full) -> results.increment(Result.DROPPED));
    }

    /** Asks, and keeps what was said. */
    Outcome keep(ScoreRequest request, Supplier<Outcome> asking) {
        Heard<Outcome> heard = Transcript.during(asking);
        if (!heard.calls().isEmpty()) {
            ScoreTranscript transcript = new ScoreTranscript(
                    request.requestId(),
                    request.user(),
                    model,
                    said(heard.result()),
                    heard.calls(),
                    heard.more(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            writer.execute(() -> write(transcript));
        }
        return heard.result();
    }

    private void write(ScoreTranscript transcript) {
        try {
            store.put(transcript);
            results.increment(Result.STORED);
        } catch (StoreUnavailableException e) {
            results.increment(Result.STORE_AWAY);
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }

    private static String said(Outcome outcome) {
        if (outcome instanceof TryAgain again) {
            return again.fault().tag() + ": " + again.why();
        }
        return outcome instanceof Refused refused ? refused.fault().tag() + ": " + refused.why() : "scored";
    }
}
