package coldstream.trainer.in;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Everything one step applies: items, then vectors, then soft scores and profiles, then the samples as one batch; each by partition,
 * then offset.
 *
 * @param record as journalled
 * @param journalOffset next offset of the journal behind the record
 * @param replayed whether it was read from the journal at a restart, so that its latencies say nothing
 * @param unreadable input records that could not be read, and are left out
 * @param origins where each of items, vectors, scores, profiles and samples comes from, in this order
 * @param verdict what became of it before a restart; what it refused is left out here
 */
public record Step(
        StepRecord record,
        long journalOffset,
        boolean replayed,
        List<ItemChange> items,
        List<ItemVector> vectors,
        List<SoftScores> scores,
        List<TasteProfile> profiles,
        List<Sample> samples,
        int unreadable,
        List<Origin> origins,
        Optional<StepVerdict> verdict) {

    public Step {
        check(
                origins.size() == items.size() + vectors.size() + scores.size() + profiles.size() + samples.size(),
                "every record of a step must have an origin, got %d",
                origins.size());
    }

    /** The same step with only those of its records whose places in {@link #origins} are wanted. */
    public Step only(IntPredicate wanted) {
        var picker = new Object() {
            int place;

            <T> List<T> pick(List<T> all) {
                List<T> picked = new ArrayList<>(all.size());
                for (T one : all) {
                    if (wanted.test(place++)) {
                        picked.add(one);
                    }
                }
                return picked;
            }
        };
        List<ItemChange> someItems = picker.pick(items);
        List<ItemVector> someVectors = picker.pick(vectors);
        List<SoftScores> someScores = picker.pick(scores);
        List<TasteProfile> someProfiles = picker.pick(profiles);
        List<Sample> someSamples = picker.pick(samples);
        picker.place = 0;
        return new Step(
                record,
                journalOffset,
                replayed,
                someItems,
                someVectors,
                someScores,
                someProfiles,
                someSamples,
                unreadable,
                picker.pick(origins),
                verdict);
    }

    /** The same step as a verdict left it. */
    Step after(StepVerdict given) {
        Step left = only(place -> given.refused().stream().noneMatch(origins.get(place)::isOf));
        return new Step(
                record,
                journalOffset,
                replayed,
                left.items,
                left.vectors,
                left.scores,
                left.profiles,
                left.samples,
                unreadable,
                left.origins,
                Optional.of(given));
    }

    /** Why it was skipped before, if it was. */
    public Optional<String> skipped() {
        return verdict.flatMap(StepVerdict::skipped);
    }
}
