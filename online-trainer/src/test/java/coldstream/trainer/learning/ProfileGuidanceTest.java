package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.Ranker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a language model wrote of a user reaches the predictions: in time, never before, and as it is served. */
class ProfileGuidanceTest {

    private static final LearnerConfig CONFIG = LearnerConfig.defaults()
            .with("dimension", "8")
            .with("guidance", "profile")
            .with("residual-caution", "0");

    private final World world = new World(3, 40, 120);

    private OnlineLearner learner(LearnerConfig config) {
        OnlineLearner learner = new OnlineLearner(config);
        world.introduce(learner);
        return learner;
    }

    /** Steps in which everybody has a profile that is right. */
    private void learn(OnlineLearner learner, int steps) {
        for (int step = 0; step < steps; step++) {
            List<Sample> batch = world.batch(16);
            for (Sample sample : batch) {
                learner.profile(world.profile(sample.user().value()));
            }
            learner.step(batch);
        }
    }

    @Test
    void aProfileThatIsRightEarnsTrustAndOneThatSaysNothingNone() {
        try (OnlineLearner learner = learner(CONFIG)) {
            learn(learner, 60);

            assertThat(learner.gate().residual().get("profile_history_4_head")).isGreaterThan(0.3);
            assertThat(learner.gate().residual().get("history_4_head")).isZero();
        }
        try (OnlineLearner learner = learner(CONFIG.with("residual-caution", "1"))) {
            for (int step = 0; step < 60; step++) {
                List<Sample> batch = world.batch(16);
                batch.forEach(sample -> learner.profile(of(world.profile("user-" + (step(sample) % 40)), sample)));
                learner.step(batch);
            }
            assertThat(learner.gate().residual().get("profile_history_4_head")).isLessThan(0.2);
        }
    }

    private static int step(Sample sample) {
        return Integer.parseInt(sample.sampleId().substring(5)) * 7;
    }

    /** Another user's profile, as if it were this one's. */
    private static TasteProfile of(TasteProfile other, Sample sample) {
        return changed(
                other, sample.user(), sample.userCount(), sample.eventTime().minusSeconds(1));
    }

    private static TasteProfile changed(TasteProfile profile, UserId user, long version, Instant newest) {
        return new TasteProfile(
                user,
                profile.text(),
                profile.vector(),
                profile.encoder(),
                profile.model(),
                profile.promptVersion(),
                version,
                newest,
                newest);
    }

    /** By formula: the cosine of v − μ with an item's x, times the trust of the cell, on top of what it would be without. */
    @Test
    void addsTheCosineTimesTheTrust() {
        try (OnlineLearner learner = learner(CONFIG)) {
            learn(learner, 15);
            Sample sample = world.sample("user-1", 5);
            TasteProfile profile = changed(
                    world.profile("user-1"),
                    sample.user(),
                    sample.userCount(),
                    sample.eventTime().minusSeconds(1));
            double trust = 2 * learner.gate().residual().getOrDefault("profile_history_4_head", 0.0);
            double added = learner.residual.add(input(learner, sample, profile));

            assertThat(sample.userCount()).isBetween(4L, 9L);
            assertThat(trust).isPositive();
            assertThat(added).isEqualTo(trust * cosine(profile.vector(), 5), within(1e-5));
            assertThat(learner.residual.add(input(learner, sample, null))).isZero();
        }
    }

    private static Residual.Input input(OnlineLearner learner, Sample sample, @Nullable TasteProfile profile) {
        if (profile == null) {
            learner.memory.profiles.put(new Profiles.Known(
                    sample.user(), "another encoder", TextVector.of(1), sample.userCount(), Instant.EPOCH));
        } else {
            learner.memory.profiles.put(Profiles.Known.of(profile));
        }
        BatchPlan plan = learner.plan();
        plan.add(sample, 0);
        return plan.planned.get(0).input();
    }

    /** In doubles, from the world's own vectors. */
    private static double cosine(TextVector profile, int number) {
        double[] mean = new double[8];
        int counted = 64; // the mean is taken anew at powers of two
        for (int item = 0; item < counted; item++) {
            double[] unit = unit(World.vector(item).vector().toArray(), new double[8]);
            for (int k = 0; k < 8; k++) {
                mean[k] += unit[k] / counted;
            }
        }
        double[] described = unit(profile.toArray(), mean);
        double[] item = unit(toFloats(unit(World.vector(number).vector().toArray(), new double[8])), mean);
        double sum = 0;
        for (int k = 0; k < 8; k++) {
            sum += described[k] * item[k];
        }
        return sum;
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            floats[k] = (float) values[k];
        }
        return floats;
    }

    /** (v − μ) / |v − μ|. */
    private static double[] unit(float[] values, double[] mean) {
        double[] unit = new double[values.length];
        double square = 0;
        for (int k = 0; k < values.length; k++) {
            unit[k] = values[k] - mean[k];
            square += unit[k] * unit[k];
        }
        for (int k = 0; k < values.length; k++) {
            unit[k] /= Math.sqrt(square);
        }
        return unit;
    }

    @Test
    void aProfileNeverSpeaksForAnEventThatIsNotLaterOrWhenItIsTooOld() {
        Profiles profiles = new Profiles(3, 10);
        UserId ann = new UserId("ann");
        Instant asked = Instant.ofEpochSecond(100);
        profiles.put(new Profiles.Known(ann, "e", TextVector.of(1), 5, asked));

        assertThat(profiles.speaking(ann, 5, asked.plusMillis(1))).isNotNull();
        assertThat(profiles.speaking(ann, 15, asked.plusMillis(1))).isNotNull();
        assertThat(profiles.speaking(ann, 5, asked)).isNull();
        assertThat(profiles.speaking(ann, 4, asked.plusSeconds(9))).isNull();
        assertThat(profiles.speaking(ann, 16, asked.plusSeconds(9))).isNull();
        assertThat(profiles.speaking(new UserId("bob"), 5, asked.plusSeconds(9)))
                .isNull();
    }

    @Test
    void theOneOfMoreHistoryStaysAndTheOldestGoes() {
        Profiles profiles = new Profiles(2, 10);
        for (String user : List.of("a", "b", "a", "c")) {
            profiles.put(new Profiles.Known(new UserId(user), "e", TextVector.of(1), 5, Instant.EPOCH));
        }
        profiles.put(new Profiles.Known(new UserId("a"), "e", TextVector.of(2), 4, Instant.EPOCH));

        assertThat(profiles.all()).extracting(known -> known.user().value()).containsExactly("a", "c");
        assertThat(profiles.all().get(0).vector()).isEqualTo(TextVector.of(1));
    }

    @Test
    void aProfileWaitsUntilTheLearnerHasReachedItsHistory() {
        try (OnlineLearner learner = learner(CONFIG)) {
            List<Sample> past = world.batch(16);
            Sample first = past.get(0);
            learner.profile(changed(world.profile(first.user().value()), first.user(), 1, first.eventTime()));
            assertThat(learner.memory.profiles.all()).isEmpty();

            learner.step(past);

            assertThat(learner.memory.profiles.all()).hasSize(1);
        }
    }

    @Test
    void withoutTheArmNothingIsRemembered() {
        try (OnlineLearner learner = learner(CONFIG.with("guidance", "residual"))) {
            learn(learner, 2);

            assertThat(learner.memory.profiles.all()).isEmpty();
            assertThat(learner.answers.earlyProfiles.all()).isEmpty();
        }
    }

    private static UserContext context(UserState state, TasteProfile profile) {
        return new UserContext(profile.user(), Optional.of(state), Map.of(), Optional.of(profile));
    }

    /** The ranker must say of a snapshot, a state and a profile what the learner says of its next sample. */
    @Test
    void theRankerUsesAProfileAsTheLearnerDoes(@TempDir Path folder) {
        LearnerConfig config = CONFIG.with("guidance", "residual+profile");
        try (OnlineLearner learner = learner(config)) {
            learn(learner, 40);
            learner.save(folder);
            try (Ranker ranker = Ranker.load(folder);
                    OnlineLearner next = OnlineLearner.restore(folder, config)) {
                TasteProfile profile = world.profile("user-6");
                Sample sample = world.sample("user-6", 10);
                next.profile(profile);
                ScoredEvent expected = next.step(List.of(sample)).events().get(0);
                List<ItemId> items = new ArrayList<>(List.of(sample.item()));
                UserState state = new UserState(sample.history(), sample.userCount());
                double with = ranker.score(context(state, profile), items)[0];
                double without = ranker.score(state, sample.user(), items)[0];

                assertThat(with).isEqualTo(expected.logit(), within(1e-4));
                assertThat(Math.abs(with - without)).isGreaterThan(0.01);
                TasteProfile newer = changed(profile, sample.user(), sample.userCount() + 1, profile.writtenAt());
                assertThat((double) ranker.score(context(state, newer), items)[0])
                        .isEqualTo(without);
            }
        }
    }
}
