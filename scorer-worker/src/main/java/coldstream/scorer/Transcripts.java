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
import java.util.function.Supplier;

/** Keeps what a chat model was asked about a user last, and what it answered; a store that is away costs the transcript only. */
final class Transcripts {

    private enum Result {
        STORED,
        STORE_AWAY
    }

    private final TranscriptStore store;
    private final String model;
    private final InstantSource clock;
    private final TaggedCounters<Result> results;

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
    }

    /** Asks, and keeps what was said. */
    Outcome keep(ScoreRequest request, Supplier<Outcome> asking) {
        Heard<Outcome> heard = Transcript.during(asking);
        if (!heard.calls().isEmpty()) {
            try {
                store.put(new ScoreTranscript(
                        request.requestId(),
                        request.user(),
                        model,
                        said(heard.result()),
                        heard.calls(),
                        heard.more(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
                results.increment(Result.STORED);
            } catch (StoreUnavailableException e) {
                results.increment(Result.STORE_AWAY);
            }
        }
        return heard.result();
    }

    private static String said(Outcome outcome) {
        if (outcome instanceof TryAgain again) {
            return again.fault().tag() + ": " + again.why();
        }
        return outcome instanceof Refused refused ? refused.fault().tag() + ": " + refused.why() : "scored";
    }
}
