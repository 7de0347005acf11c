package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.SimulatedShop;
import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.LabelRules;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class LocalIngestTest {

    private final LocalIngest ingest = new LocalIngest(LabelRules.IMPLICIT, 0);
    private int row;

    @Test
    void aSampleKnowsOnlyWhatCameBeforeIt() {
        take("ada", "tea", 100);
        take("bob", "tea", 200);
        Sample third = take("ada", "milk", 300).sample();
        Sample fourth = take("ada", "tea", 400).sample();

        assertThat(third.history()).containsExactly(new ItemId("tea"));
        assertThat(third.userCount()).isEqualTo(1);
        assertThat(third.itemCount()).isZero();
        assertThat(fourth.history()).containsExactly(new ItemId("tea"), new ItemId("milk"));
        assertThat(fourth.itemCount()).isEqualTo(2);
        assertThat(fourth.cold()).isTrue();
    }

    @Test
    void anEventThatComesLateReachesUsWhenTheNewestHas() {
        take("ada", "tea", 100);
        take("bob", "tea", 900);
        Sample late = take("ada", "milk", 300).sample();

        assertThat(late.eventTime()).isEqualTo(Instant.ofEpochSecond(300));
        assertThat(late.ingestTime()).isEqualTo(Instant.ofEpochSecond(900));
    }

    @Test
    void aUserIsAskedAboutAgainOnlyIfSomethingIsKnownOfThem() {
        take("ada", "tea", 100);

        assertThat(ingest.askAgain(new UserId("bob"))).isEmpty();
        assertThat(ingest.askAgain(new UserId("ada"))).hasValueSatisfying(request -> {
            assertThat(request.reason()).isEqualTo(Reason.STALE);
            assertThat(request.history()).containsExactly(new ItemId("tea"));
            assertThat(request.requestedAt()).isEqualTo(Instant.ofEpochSecond(100));
        });
    }

    @Test
    void anExplicitNegativeChangesNobodysState() {
        var explicit = new LocalIngest(LabelRules.EXPLICIT, 0);
        Sample disliked = explicit.accept(rating("ada", "tea", 2, 100)).sample();
        Sample after = explicit.accept(rating("ada", "milk", 5, 200)).sample();

        assertThat(disliked.label()).isZero();
        assertThat(after.label()).isEqualTo(1);
        assertThat(after.history()).isEmpty();
        assertThat(after.userCount()).isZero();
    }

    @Test
    void theFirstPositivesOfAUserAskTheLanguageModel() {
        LocalIngest.Outcome first = take("ada", "tea", 100);

        assertThat(first.request()).hasValueSatisfying(request -> {
            assertThat(request.reason()).isEqualTo(Reason.COLD_USER);
            assertThat(request.history()).containsExactly(new ItemId("tea"));
            assertThat(request.historyVersion()).isEqualTo(1);
            assertThat(request.historyMaxTime()).isEqualTo(Instant.ofEpochSecond(100));
        });
    }

    @Test
    void aSecondReasonWithinTenSecondsWaitsAndIsAskedOnceWithTheLatestHistory() {
        take("ada", "tea", 100);
        assertThat(take("ada", "milk", 105).request()).isEmpty();
        assertThat(take("ada", "bread", 109).request()).isEmpty();
        List<ScoreRequest> due = take("bob", "tea", 111).due();

        assertThat(due).singleElement().satisfies(request -> {
            assertThat(request.user()).isEqualTo(new UserId("ada"));
            assertThat(request.history()).extracting(ItemId::value).containsExactly("tea", "milk", "bread");
        });
        assertThat(take("bob", "jam", 200).due()).isEmpty();
    }

    /** Against counting everything anew for every event. */
    @Test
    void countsHistoriesAndTailAgreeWithCountingFromTheStart() {
        List<Interaction> events = new SimulatedShop(1_500, 3).interactions().toList();
        List<Interaction> before = new ArrayList<>();
        long threshold = 0;
        for (Interaction event : events) {
            if (before.size() % 64 == 0) {
                threshold = threshold(before);
            }
            Sample sample = ingest.accept(event).sample();
            long itemCount =
                    before.stream().filter(e -> e.item().equals(event.item())).count();
            assertThat(sample.itemCount()).isEqualTo(itemCount);
            assertThat(sample.tail()).isEqualTo(itemCount >= 1 && itemCount <= threshold);
            assertThat(sample.history())
                    .isEqualTo(
                            before.stream()
                                    .filter(e -> e.user().equals(event.user()))
                                    .map(Interaction::item)
                                    .toList()
                                    .stream()
                                    .skip(Math.max(0, sample.userCount() - Sample.MAX_HISTORY))
                                    .toList());
            before.add(event);
        }
    }

    /** The smallest c such that a fifth of the items taken were taken at most c times. */
    private static long threshold(List<Interaction> events) {
        List<Long> counts = events.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Interaction::item, java.util.stream.Collectors.counting()))
                .values()
                .stream()
                .sorted()
                .toList();
        return counts.isEmpty() ? 0 : counts.get((int) Math.ceil(0.2 * counts.size()) - 1);
    }

    private LocalIngest.Outcome take(String user, String item, long second) {
        return ingest.accept(rating(user, item, 5, second));
    }

    private Interaction rating(String user, String item, double stars, long second) {
        return new Interaction(
                Integer.toString(++row),
                "test",
                "rating",
                new UserId(user),
                new ItemId(item),
                OptionalDouble.of(stars),
                Optional.empty(),
                Instant.ofEpochSecond(second),
                Map.of());
    }
}
