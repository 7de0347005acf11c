package coldstream.app.evaluate.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserId;
import coldstream.trainer.learning.LearnerConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the real library, which exists for Linux on x86-64. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class VowpalWabbitTest {

    private static final LearnerConfig CONFIG =
            LearnerConfig.defaults().with("dimension", "2").with("seed", "3");

    /** Nothing but who took what tells the kinds apart here: categories and brands do not. */
    private static final String SETTINGS = "--lrq ui8 --lrq hi8";

    private static final int ITEMS = 40;

    private final List<Sample> stream = new ArrayList<>();

    /** Users of two kinds; each takes items of their own kind only. */
    @BeforeEach
    void makeStream() {
        var random = new SplittableRandom(8);
        Map<String, List<ItemId>> histories = new HashMap<>();
        for (int event = 0; event < 1_500; event++) {
            int user = random.nextInt(60);
            var item = new ItemId("item " + (2 * random.nextInt(ITEMS / 2) + user % 2));
            List<ItemId> history = histories.computeIfAbsent("user|" + user, id -> new ArrayList<>());
            stream.add(sample(event, "user|" + user, item, history));
            history.add(item);
        }
    }

    @Test
    void learnsWhoLikesWhat() {
        List<ScoredEvent> events = predict(stream);

        assertThat(rightOrders(events.subList(0, 100))).isBetween(0.2, 0.7);
        assertThat(rightOrders(events.subList(1_000, 1_500)))
                .as("negatives are of either kind: three quarters are won by kind, half the rest by chance")
                .isGreaterThan(0.68);
        assertThat(wonAgainstTheOtherKind(events.subList(1_000, 1_500))).isGreaterThan(0.93);
    }

    @Test
    void whatComesLaterChangesNoPrediction() {
        List<Sample> otherFuture = new ArrayList<>(stream.subList(0, 700));
        for (int event = 700; event < 1_500; event++) {
            otherFuture.add(stream.get(2_199 - event));
        }

        assertThat(predict(otherFuture).subList(0, 700))
                .isEqualTo(predict(stream).subList(0, 700));
        assertThat(predict(otherFuture).get(701).logit())
                .isNotEqualTo(predict(stream).get(701).logit());
    }

    @Test
    void whatDoesNotReadAsSettingsIsRefusedInOneLine() {
        assertThatThrownBy(() -> VowpalWabbit.check("--no_such_setting"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vw must be settings of vowpal wabbit")
                .hasMessageContaining("no_such_setting");
        VowpalWabbit.check(VowpalWabbit.SETTINGS);
    }

    private static List<ScoredEvent> predict(List<Sample> samples) {
        try (var learner = new VowpalWabbit(CONFIG, SETTINGS)) {
            for (int item = 0; item < ITEMS; item++) {
                learner.item(new Item(
                        new ItemId("item " + item),
                        "",
                        List.of("a: category|of all"),
                        Optional.empty(),
                        Optional.of("brand " + item % 3),
                        Map.of()));
            }
            List<ScoredEvent> events = new ArrayList<>();
            for (int from = 0; from < samples.size(); from += 100) {
                events.addAll(learner.step(samples.subList(from, from + 100)));
            }
            return events;
        }
    }

    private static double rightOrders(List<ScoredEvent> events) {
        return events.stream()
                .flatMap(event -> event.negatives().stream().map(other -> event.logit() > other.logit()))
                .mapToInt(right -> right ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double wonAgainstTheOtherKind(List<ScoredEvent> events) {
        return events.stream()
                .flatMap(event -> event.negatives().stream()
                        .filter(other ->
                                kind(other.item()) != kind(event.sample().item()))
                        .map(other -> event.logit() > other.logit()))
                .mapToInt(right -> right ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static int kind(ItemId item) {
        return Integer.parseInt(item.value().substring(5)) % 2;
    }

    private static Sample sample(int event, String user, ItemId item, List<ItemId> history) {
        return new Sample(
                "test|" + event,
                new UserId(user),
                item,
                1,
                OptionalDouble.empty(),
                1,
                history.subList(Math.max(0, history.size() - Sample.MAX_HISTORY), history.size()),
                history.size(),
                1,
                false,
                false,
                Instant.ofEpochSecond(event),
                Instant.ofEpochSecond(event));
    }
}
