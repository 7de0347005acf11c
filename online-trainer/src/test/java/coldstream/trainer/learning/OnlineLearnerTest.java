package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import coldstream.model.Ranker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnlineLearnerTest {

    private static final LearnerConfig SMALL = LearnerConfig.defaults().with("dimension", "8");

    private static OnlineLearner learner(LearnerConfig config, World world) {
        OnlineLearner learner = new OnlineLearner(config);
        world.introduce(learner);
        return learner;
    }

    /** Steps with scores of every sort between them. */
    private static List<StepResult> run(OnlineLearner learner, World world, int steps) {
        List<StepResult> results = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            results.add(learner.step(world.batch(16)));
            for (int k = 0; k < 6; k++) {
                learner.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
            }
        }
        return results;
    }

    private static Map<String, List<Byte>> files(OnlineLearner learner, Path folder) throws IOException {
        Files.createDirectories(folder);
        learner.save(folder);
        Map<String, List<Byte>> files = new HashMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte one : Files.readAllBytes(file)) {
                    bytes.add(one);
                }
                files.put(file.getFileName().toString(), bytes);
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void itLearnsWhatUsersLike(String backbone) {
        World world = new World(1, 60, 200);
        try (OnlineLearner learner = learner(SMALL.with("backbone", backbone).with("guidance", "none"), world)) {
            run(learner, world, 60);
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
            assertThat((double) right / all).isGreaterThan(0.8);
        }
    }

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void restoringContinuesAsIfNeverStopped(String backbone, @TempDir Path folder) throws IOException {
        LearnerConfig config = SMALL.with("backbone", backbone);
        World world = new World(2, 40, 120);
        World same = new World(2, 40, 120);
        try (OnlineLearner unbroken = learner(config, world);
                OnlineLearner stopped = learner(config, same)) {
            run(unbroken, world, 20);
            run(stopped, same, 20);
            stopped.save(Files.createDirectory(folder.resolve("middle")));
            try (OnlineLearner restored = OnlineLearner.restore(folder.resolve("middle"), config)) {
                assertThat(restored.steps()).isEqualTo(20);
                assertThat(restored.samples()).isEqualTo(320);
                assertThat(run(restored, same, 20)).isEqualTo(run(unbroken, world, 20));
                assertThat(restored.gate()).isEqualTo(unbroken.gate());
                assertThat(restored.gate().pairs()).isPositive();
                assertThat(restored.gate().goldComparisons()).isPositive();
                assertThat(files(restored, folder.resolve("a"))).isEqualTo(files(unbroken, folder.resolve("b")));
            }
        }
    }

    @Test
    void aCheckpointHoldsTheMomentItWasCaptured(@TempDir Path folder) throws IOException {
        World world = new World(3, 40, 120);
        try (OnlineLearner learner = learner(SMALL, world)) {
            run(learner, world, 5);
            Map<String, List<Byte>> expected = files(learner, folder.resolve("then"));
            Checkpoint captured = learner.capture();
            run(learner, world, 5);
            Path late = Files.createDirectory(folder.resolve("late"));
            captured.write(late);
            for (String name : expected.keySet()) {
                byte[] bytes = Files.readAllBytes(late.resolve(name));
                assertThat(bytes).as(name).hasSize(expected.get(name).size());
                for (int k = 0; k < bytes.length; k++) {
                    assertThat(bytes[k]).as(name).isEqualTo(expected.get(name).get(k));
                }
            }
        }
    }

    @Test
    void aSnapshotOfAnotherShapeIsRefused(@TempDir Path folder) {
        World world = new World(3, 10, 60);
        try (OnlineLearner learner = learner(SMALL, world)) {
            learner.step(world.batch(4));
            learner.save(folder);
            assertThatThrownBy(() -> OnlineLearner.restore(folder, SMALL.with("dimension", "16")))
                    .hasMessageContaining("shape must agree");
        }
    }

    @Test
    void aPredictionDoesNotDependOnLaterSamples() {
        World world = new World(4, 40, 120);
        World same = new World(4, 40, 120);
        try (OnlineLearner first = learner(SMALL, world);
                OnlineLearner second = learner(SMALL, same)) {
            run(first, world, 10);
            run(second, same, 10);
            List<Sample> batch = world.batch(16);
            List<Sample> changed = new ArrayList<>(same.batch(8));
            for (int k = 0; k < 8; k++) {
                changed.add(same.sample("user-" + k, 3 * k));
            }
            List<ScoredEvent> expected = first.step(batch).events();
            List<ScoredEvent> found = second.step(changed).events();
            assertThat(found.subList(0, 8)).isEqualTo(expected.subList(0, 8));
            assertThat(found.subList(8, 16)).isNotEqualTo(expected.subList(8, 16));
        }
    }

    @Test
    void aPairLossWithoutTrustLeavesTheStepAsItIsBitForBit(@TempDir Path folder) throws IOException {
        World world = new World(5, 40, 120);
        World same = new World(5, 40, 120);
        LearnerConfig none = SMALL.with("guidance", "none");
        LearnerConfig untrusted =
                SMALL.with("guidance", "s-llmr").with("gate", "global").with("pair-weight", "0");
        try (OnlineLearner base = learner(none, world);
                OnlineLearner guided = learner(untrusted, same)) {
            List<StepResult> expected = run(base, world, 20);
            List<StepResult> found = run(guided, same, 20);
            assertThat(found.stream().mapToInt(r -> r.statistics().pairs()).sum())
                    .isPositive();
            assertThat(found.stream().map(StepResult::events).toList())
                    .isEqualTo(expected.stream().map(StepResult::events).toList());
            Map<String, List<Byte>> one = files(base, folder.resolve("base"));
            Map<String, List<Byte>> two = files(guided, folder.resolve("guided"));
            assertThat(two.get("dense.safetensors")).isEqualTo(one.get("dense.safetensors"));
        }
    }

    @Test
    void aNegativeIsNeverAnItemTheUserTook() {
        World world = new World(6, 5, 100);
        Map<String, Set<ItemId>> taken = new HashMap<>();
        Set<ItemId> seen = new HashSet<>();
        try (OnlineLearner learner = learner(SMALL.with("guidance", "none"), world)) {
            for (int step = 0; step < 40; step++) {
                for (ScoredEvent event : learner.step(world.batch(16)).events()) {
                    Sample sample = event.sample();
                    Set<ItemId> own = taken.computeIfAbsent(sample.user().value(), id -> new HashSet<>());
                    for (ScoredEvent.Negative negative : event.negatives()) {
                        assertThat(own).doesNotContain(negative.item());
                        assertThat(negative.item()).isNotEqualTo(sample.item());
                        assertThat(seen.contains(negative.item())).isEqualTo(!event.newItem());
                    }
                    own.add(sample.item());
                    seen.add(sample.item());
                }
            }
        }
    }

    @Test
    void aNewItemCountsOnlyWhileEnoughUnseenOnesAreLeft() {
        World world = new World(7, 20, 100);
        int counted = 0;
        try (OnlineLearner learner = learner(SMALL.with("guidance", "none"), world)) {
            for (int number = 0; number < 100; number++) {
                ScoredEvent event = learner.step(List.of(world.sample("user-1", number)))
                        .events()
                        .get(0);
                assertThat(event.scored()).isEqualTo(number < 50);
                counted += event.scored() ? 1 : 0;
            }
        }
        assertThat(counted).isEqualTo(50);
    }

    @Test
    void aRetiredItemIsNoLongerDrawn() {
        World world = new World(8, 20, 60);
        try (OnlineLearner learner = learner(SMALL.with("guidance", "none"), world)) {
            run(learner, world, 20);
            for (int number = 0; number < 30; number++) {
                learner.retire(World.item(number));
            }
            for (StepResult result : run(learner, world, 5)) {
                result.events().forEach(event -> event.negatives().forEach(negative -> assertThat(
                                Integer.parseInt(negative.item().value().substring(5)))
                        .isGreaterThanOrEqualTo(30)));
            }
        }
    }

    @Test
    void labelsThatComeWithTheDataDrawNoNegatives() {
        World world = new World(9, 20, 60);
        try (OnlineLearner learner = learner(SMALL.with("labels", "explicit"), world)) {
            List<Sample> batch = new ArrayList<>();
            for (Sample sample : world.batch(8)) {
                batch.add(batch.size() % 2 == 0 ? sample : rejected(sample));
            }
            StepResult result = learner.step(batch);
            assertThat(result.events()).allMatch(event -> event.negatives().isEmpty());
            assertThat(result.statistics().recommendationLoss()).isEqualTo(Math.log(2), within(0.05));
        }
    }

    @Test
    void anItemSomebodyRejectedIsStillNew() {
        World world = new World(10, 20, 120);
        try (OnlineLearner learner = learner(SMALL.with("guidance", "none"), world)) {
            StepResult result = learner.step(List.of(rejected(world.sample("user-1", 3))));
            assertThat(result.events().get(0).negatives()).isEmpty();
            learner.step(List.of(world.sample("user-2", 4), world.sample("user-2", 5)));
            Set<ItemId> drawn = new HashSet<>();
            for (int k = 0; k < 30; k++) {
                learner.step(List.of(world.sample("user-3", 6 + k))).events().forEach(event -> event.negatives()
                        .forEach(negative -> drawn.add(negative.item())));
            }
            assertThat(drawn).doesNotContain(World.item(4), World.item(5)).hasSizeGreaterThan(10);
        }
    }

    private static Sample rejected(Sample sample) {
        return new Sample(
                sample.sampleId(),
                sample.user(),
                sample.item(),
                0,
                sample.strength(),
                sample.weight(),
                sample.history(),
                sample.userCount(),
                sample.userNegatives(),
                sample.itemCount(),
                sample.cold(),
                sample.tail(),
                sample.eventTime(),
                sample.ingestTime());
    }

    @Test
    void predictionsOfTheWarmUpDoNotCount() {
        World world = new World(11, 20, 200);
        try (OnlineLearner learner = learner(SMALL.with("warm-up", "20"), world)) {
            List<ScoredEvent> events = new ArrayList<>();
            run(learner, world, 2).forEach(result -> events.addAll(result.events()));
            assertThat(events.subList(0, 20)).noneMatch(ScoredEvent::scored);
            assertThat(events.subList(20, 32)).anyMatch(ScoredEvent::scored);
        }
    }

    /** The ranker must say of a snapshot what the learner says of its next sample, before it learns from it. */
    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void theRankerPredictsWhatTheLearnerWould(String backbone, @TempDir Path folder) {
        World world = new World(12, 40, 120);
        LearnerConfig config = SMALL.with("backbone", backbone).with("guidance", "residual");
        try (OnlineLearner learner = learner(config, world)) {
            run(learner, world, 30);
            learner.retire(World.item(7));
            learner.save(folder);
            assertThat(learner.gate().residual()).hasEntrySatisfying("history_10_head", trust -> assertThat(trust)
                    .isPositive());
            try (Ranker ranker = Ranker.load(folder)) {
                assertThat(ranker.catalogue())
                        .hasSize(119)
                        .extracting(CatalogueItem::item)
                        .doesNotContain(World.item(7));
                for (String user : List.of(world.someUser(), "user-nobody-saw")) {
                    Sample sample = world.sample(user, 8);
                    UserState state = new UserState(sample.history(), sample.userCount());
                    ScoredEvent expected;
                    try (OnlineLearner next = OnlineLearner.restore(folder, config)) {
                        expected = next.step(List.of(sample)).events().get(0);
                    }
                    List<ItemId> items = new ArrayList<>(List.of(sample.item()));
                    expected.negatives().forEach(negative -> items.add(negative.item()));
                    float[] scores = ranker.score(state, sample.user(), items);
                    assertThat((double) scores[0]).isEqualTo(expected.logit(), within(1e-4));
                    for (int k = 0; k < expected.negatives().size(); k++) {
                        assertThat((double) scores[k + 1])
                                .isEqualTo(expected.negatives().get(k).logit(), within(1e-4));
                    }
                    float[] unknown = ranker.score(state, sample.user(), List.of(new ItemId("never seen")));
                    assertThat(unknown[0]).isFinite();
                }
            }
        }
    }
}
