package coldstream.scorer.model;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.model.Asking.saying;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MixtureScorerTest {

    private static final Usage SPENT = new Usage(100, 10, 1, Duration.ofMillis(200));
    private static final Scored CHAT = new Scored(List.of(0.9), new Source("chat", "score-v2", 1), SPENT);
    private static final Scored ENCODER = new Scored(List.of(0.4), new Source("encoder", "cosine-v1", 1), Usage.NONE);
    private static final Outcome DOWN =
            new TryAgain(Fault.SERVER_FAULT, "HTTP 500", Optional.of(Duration.ofSeconds(3)), SPENT);
    private static final Outcome REFUSED = new Refused(Fault.UNREADABLE, "prose", SPENT);
    private static final Outcome NOT_READY = new TryAgain(Fault.NOT_READY, "no vector yet");

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void theFirstAnswersWhereItCan() {
        assertThat(score(CHAT, ENCODER)).isEqualTo(CHAT);
        assertThat(asking.count("coldstream.llm.mixture", "answered_by", "first"))
                .isEqualTo(1);
    }

    @Test
    void theFallbackAnswersUnderItsOwnNameAndWhatTheFirstCostIsPaid() {
        assertThat(score(DOWN, ENCODER)).isEqualTo(new Scored(List.of(0.4), ENCODER.source(), SPENT));
        assertThat(score(REFUSED, ENCODER)).isInstanceOf(Scored.class);
        assertThat(asking.count("coldstream.llm.mixture", "answered_by", "fallback"))
                .isEqualTo(2);
    }

    @Test
    void whereNobodyAnswersTheRequestComesAgainIfThatMayHelp() {
        assertThat(score(DOWN, NOT_READY)).isEqualTo(DOWN);
        assertThat(score(REFUSED, NOT_READY))
                .isEqualTo(new TryAgain(Fault.NOT_READY, "no vector yet", Optional.empty(), SPENT));
        assertThat(score(REFUSED, REFUSED)).isEqualTo(new Refused(Fault.UNREADABLE, "prose", SPENT.plus(SPENT)));
        assertThat(asking.count("coldstream.llm.mixture", "answered_by", "nobody"))
                .isEqualTo(3);
    }

    private Outcome score(Outcome first, Outcome fallback) {
        LanguageModelScorer mixture = new MixtureScorer(
                saying((history, candidates) -> first), saying((history, candidates) -> fallback), asking.metrics);
        return mixture.score(catalogue(1), catalogue(1));
    }
}
