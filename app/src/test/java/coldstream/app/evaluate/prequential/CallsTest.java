package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same requests, answered by scores, by profiles or by both, and what that costs. */
class CallsTest {

    private static final int REQUESTS = 1_000;

    private final Listener learner = new Listener();

    private static Arm arm(String guidance, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("backbone", "dcnv2", "guidance", guidance, "gate", "reliability", "item-rows", "text"));
        settings.putAll(more);
        return new Arm(settings);
    }

    private long made(Arm arm) {
        Calls calls = new Calls(arm);
        calls.vector(new ItemVector(new ItemId("tea"), "bge", "hash", TextVector.of(1, 0)));
        for (int request = 0; request < REQUESTS; request++) {
            calls.answer(answer(request, List.of(new ItemId("nobody knows it"), new ItemId("tea"))), learner);
        }
        return calls.made();
    }

    @Test
    void scoresAndProfilesCostTheSameAndBothTwice() {
        assertThat(made(arm("s-llmr", Map.of()))).isEqualTo(REQUESTS);
        assertThat(learner.scores).hasSize(REQUESTS);
        assertThat(learner.profiles).isEmpty();

        assertThat(made(arm("profile", Map.of()))).isEqualTo(REQUESTS);
        assertThat(learner.scores).hasSize(REQUESTS);
        assertThat(learner.profiles).hasSize(REQUESTS);

        assertThat(made(arm("s-llmr+profile", Map.of()))).isEqualTo(2 * REQUESTS);
        assertThat(made(arm("s-llmr+profile", Map.of("calls", "0.5"))) / (double) REQUESTS)
                .isEqualTo(1, within(0.1));
    }

    @Test
    void aProfileIsTheMeanOfTheRequestsHistoryAndKnowsNoMore() {
        made(arm("profile", Map.of()));

        TasteProfile profile = learner.profiles.get(7);
        assertThat(profile.vector()).isEqualTo(TextVector.of(1, 0));
        assertThat(profile.historyVersion()).isEqualTo(7);
        assertThat(profile.historyMaxTime()).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(profile.encoder()).isEqualTo("bge");
    }

    @Test
    void withoutAVectorThereIsNoProfileAndNoCall() {
        Calls calls = new Calls(arm("profile", Map.of()));

        calls.answer(answer(1, List.of(new ItemId("tea"))), learner);

        assertThat(calls.made()).isZero();
        assertThat(learner.profiles).isEmpty();
    }

    @Test
    void anAgeIsInDaysAndWhatIsNoneIsRefused() {
        assertThat(arm("profile", Map.of("score-age", "1.5")).scoreAge()).isEqualTo(Duration.ofHours(36));
        assertThat(arm("profile", Map.of()).scoreAge()).isZero();
        assertThatThrownBy(() -> arm("profile", Map.of("score-age", "old")).scoreAge())
                .hasMessage("score-age must be a number, got old");
        assertThatThrownBy(() -> arm("profile", Map.of("calls", "2")).calls())
                .hasMessage("calls must be 0.0 to 1.0, got 2");
    }

    private static AnswerFile.Answer answer(int request, List<ItemId> history) {
        Instant time = Instant.ofEpochSecond(request);
        return new AnswerFile.Answer(
                request,
                new SoftScores(
                        "user-" + request % 40 + "|" + request,
                        new UserId("user-" + request % 40),
                        List.of(),
                        Optional.empty(),
                        "bge",
                        "v1",
                        1,
                        time,
                        request,
                        time),
                history);
    }

    private static final class Listener implements StreamLearner {

        private final List<SoftScores> scores = new ArrayList<>();
        private final List<TasteProfile> profiles = new ArrayList<>();

        @Override
        public void item(Item item) {}

        @Override
        public void vector(ItemVector vector) {}

        @Override
        public void scores(SoftScores said) {
            scores.add(said);
        }

        @Override
        public void profile(TasteProfile written) {
            profiles.add(written);
        }

        @Override
        public StepResult step(List<Sample> batch) {
            throw new UnsupportedOperationException("nothing is learnt here");
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public GateReport gate() {
            throw new UnsupportedOperationException("nothing is learnt here");
        }

        @Override
        public void close() {}
    }
}
