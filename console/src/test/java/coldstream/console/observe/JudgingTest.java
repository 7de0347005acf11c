package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.console.observe.Health.Part;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgingTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Limits LIMITS =
            new Limits(50_000, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final Places PLACES = new Places(
            URI.create("http://t:1"),
            List.of(URI.create("http://s:2")),
            List.of(URI.create("http://i:3")),
            List.of(URI.create("http://l:4"), URI.create("http://l:5")));

    private final Operations operations = new Operations(100, LIMITS);
    private final Parts parts = new Parts(Duration.ofSeconds(15));
    private final Judging judging = new Judging(LIMITS, operations, parts);

    /** A round in which the first scorer, and serving, say this to Prometheus. */
    private void round(Instant now, String scorer, String serving) {
        Map<String, Answer> answers = new HashMap<>();
        PLACES.questions().keySet().forEach(name -> answers.put(name, new Answer(200, "{}", "")));
        answers.put("scoring/0/metrics", new Answer(200, scorer, ""));
        answers.put("serving/0/metrics", new Answer(200, serving, ""));
        var round = new Round(now, PLACES, answers);
        operations.take(round, OptionalDouble.empty());
        judging.judge(round, Optional.of("7"));
    }

    private Part part(String name, Instant now) {
        return parts.parts(now).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String newest(Instant time) {
        return "coldstream_soft_scores_newest_timestamp_seconds " + time.getEpochSecond() + "\n";
    }

    @Test
    void scoringIsAsFreshAsTheNewestScoreAndNotLateWhileNobodyAsks() {
        round(NOON, newest(NOON.minusSeconds(7_200)) + "coldstream_score_requests_lag 0\n", "");

        Part scoring = part(Places.SCORING, NOON);
        assertThat(scoring.freshnessSeconds()).isEqualTo(7_200);
        assertThat(scoring.state()).isEqualTo("ok");
        assertThat(scoring.message()).isEqualTo("newest score, 0 questions wait");
    }

    @Test
    void scoringIsLateWhereQuestionsTakeTooLong() {
        String asked = "coldstream_llm_queue_age_seconds_count %d\ncoldstream_llm_queue_age_seconds_sum %d\n";
        round(NOON, newest(NOON) + asked.formatted(10, 10), "");
        round(NOON.plusSeconds(5), newest(NOON.plusSeconds(3)) + asked.formatted(12, 2_010), "");

        Part scoring = part(Places.SCORING, NOON.plusSeconds(5));
        assertThat(scoring.state()).isEqualTo("late");
        assertThat(scoring.freshnessSeconds()).isEqualTo(2);
        assertThat(scoring.message()).isEqualTo("newest score, 17 min from question to score");
    }

    @Test
    void beforeAWorkerHasScoredAVersionSaysHowOldTheNewestScoreIs() {
        round(NOON, "coldstream_soft_scores_newest_timestamp_seconds NaN\n", "");
        assertThat(part(Places.SCORING, NOON).freshnessSeconds()).isNull();
        assertThat(part(Places.SCORING, NOON).message()).isEqualTo("no score was made yet");

        operations.answered(NOON.minusSeconds(60));
        round(NOON, "coldstream_soft_scores_newest_timestamp_seconds NaN\n", "");
        assertThat(part(Places.SCORING, NOON).freshnessSeconds()).isEqualTo(60);
    }

    @Test
    void aPartThatHasNothingToDoSaysSinceWhen() {
        String servable =
                "coldstream_event_to_servable_seconds_count %d\ncoldstream_event_to_servable_seconds_sum %d\n";
        round(NOON, "", "");
        assertThat(part(Places.SERVING, NOON).message()).isEqualTo("version 7 answers, nothing new so far");

        round(NOON, "", servable.formatted(1, 3));
        round(NOON.plusSeconds(5), "", servable.formatted(2, 7));
        assertThat(part(Places.SERVING, NOON).message()).isEqualTo("version 7 answers, 4.0 s after the event");

        Instant later = NOON.plusSeconds(305);
        round(NOON.plusSeconds(180), "", servable.formatted(2, 7));
        round(later, "", servable.formatted(2, 7));
        assertThat(part(Places.SERVING, later).freshnessSeconds()).isNull();
        assertThat(part(Places.SERVING, later).state()).isEqualTo("ok");
        assertThat(part(Places.SERVING, later).message())
                .isEqualTo("version 7 answers, nothing new for 5 min, the last took 4.0 s");
    }
}
