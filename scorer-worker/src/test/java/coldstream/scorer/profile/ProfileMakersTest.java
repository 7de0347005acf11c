package coldstream.scorer.profile;

import static coldstream.scorer.Items.NOON;
import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.LanguageModelWriter;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.scorer.profile.ProfileMaker.Made;
import coldstream.scorer.profile.ProfileMaker.NotMade;
import coldstream.testkit.InMemoryProfileStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a profile is made of, and when one is due. */
class ProfileMakersTest {

    private static final Usage ONE_CALL = new Usage(50, 20, 1, Duration.ofMillis(3));
    private static final Duration MONTH = Duration.ofDays(30);
    private static final InstantSource CLOCK = InstantSource.fixed(NOON.plusSeconds(9));

    /** A text's vector is its length. */
    private static final TextEncoder LENGTHS = new TextEncoder() {
        @Override
        public String name() {
            return "lengths";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public List<TextVector> encode(List<String> texts) {
            return texts.stream().map(text -> TextVector.of(text.length())).toList();
        }

        @Override
        public void close() {}
    };

    private final List<List<Item>> asked = new ArrayList<>();

    private LanguageModelWriter saying(LanguageModelWriter.Outcome outcome) {
        return new LanguageModelWriter() {
            @Override
            public String model() {
                return "chat";
            }

            @Override
            public Outcome write(String instruction, List<Item> items) {
                assertThat(instruction).contains("want next");
                asked.add(items);
                return outcome;
            }
        };
    }

    @Test
    void aWrittenProfileCarriesTheTextItsVectorAndWhereItCameFrom() {
        var maker = new WrittenProfiles(saying(new LanguageModelWriter.Written("old films", ONE_CALL)), LENGTHS, CLOCK);

        Made made = (Made) maker.make(request("r", "i1", "i2"), catalogue(3));

        assertThat(asked).containsExactly(catalogue(3));
        assertThat(made.usage()).isEqualTo(ONE_CALL);
        assertThat(made.profile())
                .isEqualTo(new TasteProfile(
                        new UserId("u1"),
                        "old films",
                        TextVector.of(9),
                        "lengths",
                        "chat",
                        "profile-v1",
                        2,
                        NOON,
                        NOON.plusSeconds(9)));
    }

    @Test
    void aModelThatDoesNotAnswerMakesNoProfileAndIsPaidAllTheSame() {
        var maker = new WrittenProfiles(
                saying(new LanguageModelWriter.Nothing(true, Fault.TIMED_OUT, "too slow", ONE_CALL)), LENGTHS, CLOCK);

        assertThat(maker.make(request("r", "i1"), catalogue(1)))
                .isEqualTo(new NotMade(true, "timed_out: too slow", ONE_CALL));
    }

    /** By hand: (1 v(i2) + .85 v(i1) + .7225 v(i0)) / 2.5725, i1 having no vector. */
    @Test
    void theMeanWeighsTheNewestMost() {
        Map<ItemId, TextVector> vectors =
                Map.of(new ItemId("i0"), TextVector.of(1, 0), new ItemId("i2"), TextVector.of(0, 1));
        var maker = new MeanProfiles("bge", item -> Optional.ofNullable(vectors.get(item)), CLOCK);

        TasteProfile profile = ((Made) maker.make(request("r", "i0", "i1", "i2"), catalogue(3))).profile();

        assertThat(profile.vector().at(0)).isEqualTo(0.7225f / 1.7225f, within(1e-6f));
        assertThat(profile.vector().at(1)).isEqualTo(1 / 1.7225f, within(1e-6f));
        assertThat(profile.text()).isEmpty();
        assertThat(profile.encoder()).isEqualTo("bge");
        assertThat(profile.historyVersion()).isEqualTo(3);
        assertThat(maker.calls()).isZero();
    }

    @Test
    void withoutAnyVectorThereIsNoMean() {
        var maker = new MeanProfiles("bge", item -> Optional.empty(), CLOCK);

        assertThat(maker.make(request("r", "i0"), catalogue(1))).isInstanceOf(NotMade.class);
    }

    @Test
    void aProfileIsDueOnceForAColdUserAndAgainAfterTenPositives() {
        var rule = new ProfileRule(10, MONTH, new InMemoryProfileStore(), CLOCK);

        assertThat(rule.due(asking(Reason.COLD_USER, 1))).isTrue();
        rule.made(profile(1));

        assertThat(rule.due(asking(Reason.COLD_USER, 3))).isFalse();
        assertThat(rule.due(asking(Reason.STALE, 10))).isFalse();
        assertThat(rule.due(asking(Reason.STALE, 11))).isTrue();
        assertThat(rule.due(asking(Reason.TAIL_ITEM, 50))).isFalse();
        assertThat(rule.due(asking(Reason.AUDIT, 50))).isFalse();
    }

    @Test
    void aProfileIsDueAgainWhenItIsAMonthOld() {
        var store = new InMemoryProfileStore();
        store.put(profile(2));

        for (boolean old : List.of(false, true)) {
            InstantSource clock = InstantSource.fixed(NOON.plus(MONTH).plusSeconds(old ? 1 : 0));
            assertThat(new ProfileRule(10, MONTH, store, clock).due(asking(Reason.COLD_USER, 3)))
                    .isEqualTo(old);
        }
    }

    @Test
    void anotherWorkersProfileCountsAndAStoreThatIsAwayCostsACallAtMost() {
        var store = new InMemoryProfileStore();
        store.put(profile(2));

        assertThat(new ProfileRule(10, MONTH, store, CLOCK).due(asking(Reason.COLD_USER, 3)))
                .isFalse();
        store.away(true);
        assertThat(new ProfileRule(10, MONTH, store, CLOCK).due(asking(Reason.COLD_USER, 3)))
                .isTrue();
    }

    private static TasteProfile profile(long version) {
        return new TasteProfile(
                new UserId("u1"), "", TextVector.of(1), "bge", "chat", "profile-v1", version, NOON, NOON);
    }

    private static ScoreRequest asking(Reason reason, long version) {
        return new ScoreRequest(
                "r" + version, new UserId("u1"), List.of(new ItemId("i1")), reason, List.of(), version, NOON, NOON);
    }
}
