package coldstream.trainer;

import coldstream.trainer.in.Origin;
import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.in.Step;
import coldstream.trainer.in.Steps;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets past a step whose application throws. The learner that threw is in no known state, so another one is brought to where
 * the step begins, from the newest snapshot and the journal, as a restart would; from there the step is tried without the
 * records it fails on.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** Records of a step that may be refused; a step that fails on more has another fault. */
    static final int MOST_REFUSED = 8;

    private final Learning.Factory learners;
    private final SnapshotStore store;
    private final Steps steps;

    Recovery(Learning.Factory learners, SnapshotStore store, Steps steps) {
        this.learners = learners;
        this.store = store;
        this.steps = steps;
    }

    /**
     * The step, applied.
     *
     * @param learner behind the step
     * @param step without what was refused
     * @param result of its samples; empty without samples
     * @param refused why, by record
     */
    record Recovered(Learning learner, Step step, Optional<StepResult> result, Map<Origin, RuntimeException> refused) {}

    /**
     * Applies a step anew.
     *
     * @param noting whether the learner notes what the step changes in its answers
     * @throws IllegalStateException if its records are not to blame
     */
    Recovered recover(Step step, RuntimeException why, boolean noting) {
        LOG.atWarn()
                .addKeyValue("step", step.record().step())
                .addKeyValue("why", why.toString())
                .log("step not applied, looking for the records it fails on");
        Path before = store.part();
        try {
            bringTo(step, before);
            return tryFrom(before, step, noting);
        } finally {
            store.discard(before);
        }
    }

    /** Writes the state the step begins in. */
    private void bringTo(Step step, Path folder) {
        Optional<Stored> newest = store.newest();
        StartingPoint from =
                newest.map(stored -> StartingPoint.of(stored.manifest())).orElse(StartingPoint.BEGINNING);
        try (Learning learner = learners.from(newest.map(Stored::folder));
                Steps again = steps.again(from)) {
            long done = from.step();
            while (done < step.record().step() - 1) {
                if (!again.replaying()) {
                    throw new IllegalStateException("the journal must hold every step up to %d, got %d"
                            .formatted(step.record().step(), done));
                }
                Step next = again.next().orElseThrow();
                Lesson.give(learner, next);
                done = next.record().step();
            }
            store.write(folder, learner.capture());
        }
    }

    private Recovered tryFrom(Path before, Step step, boolean noting) {
        var trials = new Object() {
            @Nullable
            Recovered last;

            Optional<RuntimeException> failure(List<Integer> places) {
                close();
                Set<Integer> wanted = new HashSet<>(places);
                Step some = step.only(wanted::contains);
                Learning learner = learners.from(Optional.of(before));
                try {
                    if (noting) {
                        learner.noteChanges();
                    }
                    Optional<StepResult> result = Lesson.give(learner, some);
                    last = new Recovered(learner, some, result, Map.of());
                    return Optional.empty();
                } catch (RuntimeException e) {
                    learner.close();
                    return Optional.of(e);
                }
            }

            void close() {
                if (last != null) {
                    last.learner().close();
                    last = null;
                }
            }
        };
        SortedMap<Integer, RuntimeException> culprits;
        try {
            culprits = Culprits.find(step.origins().size(), MOST_REFUSED, trials::failure);
        } catch (RuntimeException e) {
            trials.close();
            throw e;
        }
        Map<Origin, RuntimeException> refused = new LinkedHashMap<>();
        culprits.forEach((place, failure) -> {
            refused.put(step.origins().get(place), failure);
            LOG.atWarn()
                    .addKeyValue("step", step.record().step())
                    .addKeyValue("record", step.origins().get(place))
                    .addKeyValue("why", failure.toString())
                    .log("record refused");
        });
        Recovered last = Objects.requireNonNull(trials.last);
        return new Recovered(last.learner(), last.step(), last.result(), refused);
    }
}
