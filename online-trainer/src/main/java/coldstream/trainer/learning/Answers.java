package coldstream.trainer.learning;

import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.model.Features;
import java.util.Optional;

/**
 * Takes in what a language model answers: remembered from when the samples have reached the history it was asked with, and
 * not before.
 */
final class Answers {

    private final Features features;
    private final Memory memory;
    private final GoldKeeper golds;
    private final Counters counters;
    private final boolean hinges;
    private final boolean profiles;
    final EarlyAnswers<SoftScores> early;
    final EarlyAnswers<TasteProfile> earlyProfiles;

    /** @param hinges whether pairs are learnt, so that audits are looked at */
    Answers(
            LearnerConfig config,
            Features features,
            Memory memory,
            GoldKeeper golds,
            Counters counters,
            boolean hinges) {
        this.features = features;
        this.memory = memory;
        this.golds = golds;
        this.counters = counters;
        this.hinges = hinges;
        profiles = config.guidance.has(Guidance.Arm.PROFILE);
        early = new EarlyAnswers<>(config.replay, SoftScores::user, SoftScores::historyVersion);
        earlyProfiles = new EarlyAnswers<>(config.profiles, TasteProfile::user, TasteProfile::historyVersion);
    }

    void take(SoftScores scores) {
        if (scores.historyVersion() > learnt(memory.number(scores.user()))) {
            early.add(scores);
        } else {
            remember(scores);
        }
    }

    /** A profile is let go without {@code profile} guidance. */
    void take(TasteProfile profile) {
        if (!profiles) {
            return;
        }
        if (profile.historyVersion() > learnt(features.find(profile.user()))) {
            earlyProfiles.add(profile);
        } else {
            memory.profiles.put(Profiles.Known.of(profile));
        }
    }

    /** Positives learnt of a user's number; 0 without one. */
    private long learnt(int number) {
        return number < 0 ? 0 : memory.user(number).count;
    }

    /** Remembers what a sample's user has caught up with. */
    void caughtUp(Sample sample) {
        long reached = memory.reached(sample);
        early.due(sample.user(), reached).forEach(this::remember);
        earlyProfiles.due(sample.user(), reached).stream()
                .map(Profiles.Known::of)
                .forEach(memory.profiles::put);
    }

    private void remember(SoftScores scores) {
        boolean opinion = scores.shown().isEmpty();
        Optional<ScoredRequest> request = opinion ? memory.remember(scores) : memory.read(scores);
        if (request.isEmpty()) {
            counters.strangers++;
        } else if (hinges) {
            golds.audited(scores, request.get());
        }
    }
}
