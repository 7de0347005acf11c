package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import coldstream.model.DeltaRecord;
import coldstream.model.Draws;
import coldstream.model.FollowedModel;
import coldstream.model.Ranker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A snapshot and what changed since against a snapshot of the same step, which shares no code with what changed: every score
 * has to be the same to the last bit.
 */
class LearnerChangesTest {

    private static final int ITEMS = 60;
    private static final int NEWCOMERS = 6;
    private static final int STEPS = 24;

    private final Path folder;

    LearnerChangesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static LearnerConfig config(String... knobs) {
        Map<String, String> values = new LinkedHashMap<>(Map.of("dimension", "8", "warm-up", "0"));
        for (String knob : knobs) {
            values.put(knob.substring(0, knob.indexOf('=')), knob.substring(knob.indexOf('=') + 1));
        }
        return LearnerConfig.of(values);
    }

    /** A step, with all that can happen between two: items come, change and go, texts and answers arrive. */
    private static void step(OnlineLearner learner, World world, int step) {
        if (step % 4 == 1) {
            learner.item(World.described(ITEMS + step / 4));
            learner.vector(World.vector(ITEMS + step / 4));
        }
        if (step % 5 == 2) {
            learner.retire(World.item(step));
        }
        if (step % 3 == 1) {
            learner.scores(world.scores(world.someUser(), 0.9, step % 2 == 0));
        }
        learner.step(world.batch(8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "backbone=dcnv2",
                "backbone=deepfm dense-average=0.9",
                "backbone=din history=5",
                "backbone=xdeepfm guidance=none",
                "backbone=autoint recent-positives=20 guidance=residual+teacher-field",
                "backbone=dcnv2 row-ttl=4steps row-optimizer=lazy-adam",
                "backbone=deepfm row-capacity=12 row-admission-count=2",
            })
    void aSnapshotAndWhatChangedSinceScoreLikeASnapshotOfNow(String knobs) {
        World world = new World(5, 40, ITEMS);
        Random order = new Random(3);
        try (OnlineLearner learner = new OnlineLearner(config(knobs.split(" ")))) {
            world.introduce(learner);
            for (int step = 0; step < 5; step++) {
                step(learner, world, step);
            }
            Path base = Snapshots.save(learner, folder.resolve("base"));
            learner.noteChanges();
            try (FollowedModel followed = FollowedModel.load(base)) {
                for (int step = 5; step < STEPS; step++) {
                    step(learner, world, step);
                    if (step % 6 == 0) {
                        List<DeltaRecord> records = new ArrayList<>();
                        LearnerChanges changes = learner.changes();
                        changes.records(records::add);
                        Collections.shuffle(records, order);
                        records.stream()
                                .filter(record -> !record.table().equals("taken"))
                                .forEach(followed::apply);
                        Path now = Snapshots.save(learner, folder.resolve("step" + step));
                        try (Ranker followedNow = followed.ranker();
                                Ranker loaded = Ranker.load(now)) {
                            assertSame(followedNow, loaded);
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatIsRankedWithStaysAsItWasWhileMoreComesIn() {
        World world = new World(6, 40, ITEMS);
        try (OnlineLearner learner = new OnlineLearner(config("row-ttl=3steps"))) {
            world.introduce(learner);
            step(learner, world, 0);
            Path base = Snapshots.save(learner, folder.resolve("base"));
            learner.noteChanges();
            try (FollowedModel followed = FollowedModel.load(base);
                    Ranker before = followed.ranker();
                    Ranker loaded = Ranker.load(base)) {
                for (int step = 1; step < 6; step++) {
                    step(learner, world, step);
                    learner.changes().records(record -> {
                        if (!record.table().equals("taken")) {
                            followed.apply(record);
                        }
                    });
                    try (Ranker next = followed.ranker()) {
                        assertThat(scores(next, new UserId("user-1"), 3))
                                .isNotEqualTo(scores(before, new UserId("user-1"), 3));
                    }
                }
                assertSame(before, loaded);
            }
        }
    }

    @Test
    void changesThatReachedNobodyAreInTheNextOnes() {
        World world = new World(7, 40, ITEMS);
        try (OnlineLearner learner = new OnlineLearner(config("row-ttl=5steps"))) {
            world.introduce(learner);
            step(learner, world, 0);
            Path base = Snapshots.save(learner, folder.resolve("base"));
            learner.noteChanges();
            for (int step = 1; step < 8; step++) {
                step(learner, world, step);
                learner.changesLost(learner.changes());
            }
            try (FollowedModel followed = FollowedModel.load(base)) {
                learner.changes().records(record -> {
                    if (!record.table().equals("taken")) {
                        followed.apply(record);
                    }
                });
                Path now = Snapshots.save(learner, folder.resolve("now"));
                try (Ranker next = followed.ranker();
                        Ranker loaded = Ranker.load(now)) {
                    assertSame(next, loaded);
                }
            }
        }
    }

    /** The first fails on a step; the second begins where the first stood before it, and takes over what that one had noted. */
    @Test
    void aLearnerInPlaceOfAnotherGivesAwayWhatThatOneHadNotYet() {
        World world = new World(7, 40, ITEMS);
        try (OnlineLearner first = new OnlineLearner(config("row-ttl=5steps"))) {
            world.introduce(first);
            step(first, world, 0);
            Path base = Snapshots.save(first, folder.resolve("base"));
            first.noteChanges();
            for (int step = 1; step < 5; step++) {
                step(first, world, step);
            }
            Path before = Snapshots.save(first, folder.resolve("before"));
            for (int more = 0; more < 3; more++) { // rows and items that the second will never have
                first.item(World.described(ITEMS + 40 + more));
                first.step(List.of(world.sample("nobody-" + more, ITEMS + 40 + more)));
            }
            try (OnlineLearner second = OnlineLearner.restore(before, config("row-ttl=5steps"));
                    FollowedModel followed = FollowedModel.load(base)) {
                second.noteChanges();
                step(second, world, 5);
                second.changesLost(first.changes());
                second.changes().records(record -> {
                    if (!record.table().equals("taken")) {
                        followed.apply(record);
                    }
                });
                Path now = Snapshots.save(second, folder.resolve("now"));
                try (Ranker next = followed.ranker();
                        Ranker loaded = Ranker.load(now)) {
                    assertSame(next, loaded);
                }
            }
        }
    }

    @Test
    void aStepCostsRecordsForWhatItTouchedAndNothingForTheRest() {
        World world = new World(8, 40, 4_000);
        try (OnlineLearner learner = new OnlineLearner(config("guidance=none"))) {
            world.introduce(learner);
            for (int step = 0; step < 30; step++) {
                learner.step(world.batch(64));
            }
            learner.noteChanges();
            assertThat(rows(learner.changes())).isZero();
            Sample one = world.next();
            learner.step(List.of(one));
            assertThat(rows(learner.changes())).isBetween(2, 200);
        }
    }

    /** Rows of users and items among the records. */
    private static int rows(LearnerChanges changes) {
        List<DeltaRecord> records = new ArrayList<>();
        changes.records(records::add);
        return (int) records.stream()
                .filter(record ->
                        record.table().equals("users") || record.table().equals("items"))
                .count();
    }

    private static void assertSame(Ranker one, Ranker other) {
        assertThat(one.catalogue()).isEqualTo(other.catalogue());
        for (int k = 0; k < 41; k += 4) {
            UserId user = new UserId("user-" + k);
            assertThat(one.number(user)).isEqualTo(other.number(user));
            for (int history = 0; history < 4; history += 3) {
                assertThat(scores(one, user, history)).isEqualTo(scores(other, user, history));
            }
        }
    }

    /** Of every item there may be, for a made-up history. */
    private static float[] scores(Ranker ranker, UserId user, int history) {
        List<ItemId> taken = new ArrayList<>();
        Draws draws = Draws.of(history, user.value());
        for (int k = 0; k < history; k++) {
            taken.add(World.item(draws.below(ITEMS + NEWCOMERS)));
        }
        List<ItemId> items = new ArrayList<>();
        for (int k = 0; k < ITEMS + NEWCOMERS + 3; k++) {
            items.add(World.item(k));
        }
        assertThat(ranker.catalogue()).extracting(CatalogueItem::item).doesNotHaveDuplicates();
        return ranker.score(new UserState(taken, 3L * history), user, items);
    }
}
