package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserState;
import coldstream.model.Ranker;
import coldstream.model.RowCounts;
import coldstream.model.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The learner under every way to train, give and take rows. */
class LearnerRowsTest {

    private static final LearnerConfig SMALL = LearnerConfig.defaults().with("dimension", "8");

    private static LearnerConfig config(String knobs) {
        Map<String, String> values = new HashMap<>();
        for (String knob : knobs.split(" ", -1)) {
            values.put(knob.substring(0, knob.indexOf('=')), knob.substring(knob.indexOf('=') + 1));
        }
        values.putIfAbsent("dimension", "8");
        return LearnerConfig.of(values);
    }

    private static OnlineLearner learner(LearnerConfig config, World world) {
        OnlineLearner learner = new OnlineLearner(config);
        world.introduce(learner);
        return learner;
    }

    /** Small steps, so that not every row is in use at once, with scores of every sort between them. */
    private static List<StepResult> run(OnlineLearner learner, World world, int steps) {
        List<StepResult> results = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            results.add(learner.step(world.batch(4)));
            for (int k = 0; k < 3; k++) {
                learner.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
            }
        }
        return results;
    }

    private static final String EVERYTHING = "row-optimizer=lazy-adam row-admission-count=2"
            + " row-admission-probability=0.8 row-capacity=25 row-ttl=12steps dense-average=0.9 predict-with=served";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row-optimizer=lazy-adam",
                "row-optimizer=sparse-adam",
                "row-decay=0.99 row-decay-by=step row-step-clip=0.1 row-shrink=0.01",
                "row-capacity=25",
                "row-ttl=6steps",
                "row-ttl=1min",
                "row-admission-count=3 row-admission-probability=0.7",
                "dense-average=0.9",
                EVERYTHING,
                EVERYTHING + " backbone=deepfm row-optimizer=adagrad row-decay=0.9 row-decay-by=step row-ttl=1min"
            })
    void restoringContinuesAsIfNeverStoppedAndACaptureIsOfItsMoment(String knobs, @TempDir Path folder) {
        LearnerConfig config = config(knobs);
        World world = new World(2, 200, 120);
        World same = new World(2, 200, 120);
        try (OnlineLearner unbroken = learner(config, world);
                OnlineLearner stopped = learner(config, same)) {
            run(unbroken, world, 25);
            run(stopped, same, 25);
            Path atRest = Snapshots.save(stopped, folder.resolve("at rest"));
            Checkpoint captured = unbroken.capture();
            List<StepResult> expected = run(unbroken, world, 25);
            Path late = folder.resolve("late");
            assertThat(late.toFile().mkdir()).isTrue();
            captured.write(late);
            Snapshots.assertEqual(atRest, late);
            try (OnlineLearner restored = OnlineLearner.restore(atRest, config)) {
                assertThat(run(restored, same, 25)).isEqualTo(expected);
                assertThat(restored.rowCounts()).isEqualTo(unbroken.rowCounts());
                Snapshots.assertEqual(
                        Snapshots.save(unbroken, folder.resolve("unbroken")),
                        Snapshots.save(restored, folder.resolve("restored")));
            }
            if (knobs.contains("row-capacity") || knobs.contains("row-ttl")) {
                RowCounts users = rows(unbroken, "users");
                RowCounts items = rows(unbroken, "items");
                assertThat(users.evicted() + users.expired() + items.evicted() + items.expired())
                        .isPositive();
                assertThat(users.rows()).isEqualTo(users.admitted() - users.evicted() - users.expired());
            }
        }
    }

    private static RowCounts rows(OnlineLearner learner, String table) {
        return java.util.Objects.requireNonNull(learner.rowCounts().get(table));
    }

    /** With a single row for all users and one for all items, every event is still predicted and learnt. */
    @Test
    void aTableMuchTooSmallLosesNoSample() {
        World world = new World(3, 40, 120);
        try (OnlineLearner learner = learner(config("row-capacity=1 guidance=none"), world)) {
            int right = 0;
            int all = 0;
            for (StepResult result : run(learner, world, 200)) {
                assertThat(result.events()).hasSize(4);
                for (ScoredEvent event : result.events()) {
                    for (ScoredEvent.Negative negative : event.negatives()) {
                        assertThat(event.logit()).isFinite();
                        right += result.step() > 100 && event.logit() > negative.logit() ? 1 : 0;
                        all += result.step() > 100 ? 1 : 0;
                    }
                }
            }
            assertThat((double) right / all).isGreaterThan(0.7); // from histories, categories and texts alone
            assertThat(learner.samples()).isEqualTo(800);
            assertThat(rows(learner, "users").rows()).isEqualTo(1);
            assertThat(rows(learner, "users").refused()).isPositive();
        }
    }

    @Test
    void aNumberThatGoesToAnotherUserSpeaksForThatUserAlone() {
        World world = new World(4, 40, 120);
        try (OnlineLearner learner = learner(config("row-capacity=1"), world)) {
            learner.step(List.of(world.sample("user-1", 1)));
            learner.scores(world.scores("user-1", 1, false));
            ScoredRequest request = learner.memory.queue.get(0);
            assertThat(learner.memory.fresh(request, 1)).isTrue();
            assertThat(learner.memory.user(0).taken.contains(1)).isTrue();

            learner.step(List.of(world.sample("user-2", 2))); // the answer used the row: it stays for this step
            assertThat(request.user()).isZero();
            learner.step(List.of(world.sample("user-2", 2)));
            assertThat(request.user()).isEqualTo(-1);
            assertThat(learner.memory.fresh(request, 1)).isFalse();
            assertThat(learner.memory.user(0).taken.contains(1)).isFalse();
            assertThat(learner.memory.user(0).taken.contains(2)).isTrue();
            assertThat(learner.memory.user(0).latest).isNull();
        }
    }

    @Test
    void whoComesBackIsNotOfferedWhatTheirHistoryHas() {
        World world = new World(5, 40, 60);
        try (OnlineLearner learner = learner(config("row-capacity=1 negatives=50 guidance=none"), world)) {
            for (int number = 0; number < 30; number++) {
                learner.step(List.of(world.sample("user-1", number)));
            }
            for (int number = 20; number < 60; number++) {
                learner.step(List.of(world.sample("user-2", number)));
            }
            Sample back = world.sample("user-1", 50);
            StepResult result = learner.step(List.of(back));
            List<ItemId> latest = back.history().subList(10, 30);
            result.events().get(0).negatives().forEach(negative -> assertThat(latest)
                    .doesNotContain(negative.item()));
            assertThat(result.events().get(0).negatives()).hasSize(50);
        }
    }

    @Test
    void answersAboutAUserWithoutARowAreCountedNotKept() {
        World world = new World(6, 40, 120);
        try (OnlineLearner learner = learner(config("row-admission-count=3"), world)) {
            learner.step(List.of(world.sample("user-1", 1)));
            learner.scores(world.scores("user-2", 1, false));
            assertThat(learner.memory.queue.size()).isZero();
            assertThat(learner.counters.strangers).isEqualTo(1);
        }
    }

    /** A snapshot names nobody who has no row, and serving takes such users for unseen ones. */
    @Test
    void theRankerTakesAUserWhoLostTheRowForAnUnseenOne(@TempDir Path folder) {
        World world = new World(7, 40, 120);
        LearnerConfig config = config("row-ttl=3steps guidance=none");
        try (OnlineLearner learner = learner(config, world)) {
            for (int step = 0; step < 8; step++) {
                learner.step(List.of(world.sample("user-" + step, step)));
            }
            Snapshots.save(learner, folder);
            List<String> ids =
                    Safetensors.read(folder.resolve("rows.safetensors")).texts("users.ids");
            assertThat(ids).contains("user-7").doesNotContain("user-1").contains("");
            Sample sample = world.sample("user-1", 9);
            try (Ranker ranker = Ranker.load(folder);
                    OnlineLearner next = OnlineLearner.restore(folder, config)) {
                float[] scores =
                        ranker.score(new UserState(sample.history(), 1), sample.user(), List.of(sample.item()));
                double expected = next.step(List.of(sample)).events().get(0).logit();
                assertThat((double) scores[0]).isEqualTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void theRankerServesTheAverageWhereOneIsKept(@TempDir Path folder) {
        World world = new World(8, 40, 120);
        LearnerConfig config = config("dense-average=0.99 predict-with=served guidance=none");
        try (OnlineLearner learner = learner(config, world)) {
            run(learner, world, 30);
            Snapshots.save(learner, folder);
            Sample sample = world.sample("user-3", 8);
            UserState state = new UserState(sample.history(), sample.userCount());
            try (Ranker ranker = Ranker.load(folder);
                    OnlineLearner served = OnlineLearner.restore(folder, config);
                    OnlineLearner raw = OnlineLearner.restore(folder, config.with("predict-with", "training"))) {
                double score = ranker.score(state, sample.user(), List.of(sample.item()))[0];
                double average = served.step(List.of(sample)).events().get(0).logit();
                double training = raw.step(List.of(sample)).events().get(0).logit();
                assertThat(score).isEqualTo(average, within(1e-4));
                assertThat(Math.abs(score - training)).isGreaterThan(5 * Math.abs(score - average));
            }
        }
    }

    @Test
    void theAverageDoesNotChangeWhatIsLearnt(@TempDir Path folder) {
        World world = new World(9, 40, 120);
        World same = new World(9, 40, 120);
        try (OnlineLearner plain = learner(SMALL, world);
                OnlineLearner averaged = learner(SMALL.with("dense-average", "0.99"), same)) {
            assertThat(run(averaged, same, 10)).isEqualTo(run(plain, world, 10));
            Snapshots.assertEqual(
                    Snapshots.save(plain, folder.resolve("a")),
                    Snapshots.save(averaged, folder.resolve("b")),
                    "rows.safetensors",
                    "optimizer.safetensors");
        }
    }

    @Test
    void rowsTrainedByAnotherOptimiserAreRefused(@TempDir Path folder) {
        World world = new World(10, 10, 60);
        try (OnlineLearner learner = learner(SMALL, world)) {
            learner.step(world.batch(4));
            Snapshots.save(learner, folder);
            assertThatThrownBy(() -> OnlineLearner.restore(folder, SMALL.with("row-optimizer", "lazy-adam")))
                    .hasMessageContaining("rows must have been trained by lazy-adam, got adagrad");
        }
    }

    @Test
    void capacityMayChangeBetweenRuns(@TempDir Path folder) {
        World world = new World(11, 40, 120);
        try (OnlineLearner learner = learner(SMALL, world)) {
            run(learner, world, 20);
            Snapshots.save(learner, folder);
            long before = rows(learner, "users").rows();
            try (OnlineLearner smaller = OnlineLearner.restore(folder, SMALL.with("row-capacity", "5"))) {
                smaller.step(List.of(world.sample("user-nobody-saw", 3)));
                assertThat(rows(smaller, "users").rows()).isEqualTo(before);
                assertThat(rows(smaller, "users").evicted()).isEqualTo(1);
            }
        }
    }

    @Test
    void everyOptimiserLearnsWhatUsersLike() {
        for (String optimizer : List.of("adagrad", "lazy-adam", "sparse-adam")) {
            World world = new World(1, 60, 200);
            LearnerConfig config = SMALL.with("row-optimizer", optimizer).with("guidance", "none");
            try (OnlineLearner learner = learner(config, world)) {
                run(learner, world, 150);
                int right = 0;
                int all = 0;
                for (StepResult result : run(learner, world, 60)) {
                    for (ScoredEvent event : result.events()) {
                        for (ScoredEvent.Negative negative : event.negatives()) {
                            right += event.logit() > negative.logit() ? 1 : 0;
                            all++;
                        }
                    }
                }
                assertThat((double) right / all).as(optimizer).isGreaterThan(0.8);
            }
        }
    }
}
