package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.scorer.profile.MeanProfiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is answered with, and how many calls that is: scores of some candidates are one call, a profile is one, both
 * are two. So arms that use one of them have spent the same when they have answered the same requests.
 */
final class Calls {

    private final boolean scores;
    private final boolean profiles;
    private final double share;
    private final Map<ItemId, TextVector> vectors = new HashMap<>();
    private String encoder = "";
    private long made;

    Calls(Arm arm) {
        scores = arm.readsScores();
        profiles = arm.readsProfiles();
        share = arm.calls();
    }

    /** Notes what an item's text means: profiles are made of it. */
    void vector(ItemVector vector) {
        if (profiles) {
            vectors.put(vector.item(), vector.vector());
            encoder = vector.encoder();
        }
    }

    /** Calls so far. */
    long made() {
        return made;
    }

    /** Tells the learner what the arm asks for, if this request is among those that are answered. */
    void answer(AnswerFile.Answer answer, StreamLearner learner) {
        SoftScores said = answer.scores();
        if (share(said.requestId()) >= share) {
            return;
        }
        if (scores) {
            learner.scores(said);
            made++;
        }
        if (profiles) {
            profile(answer).ifPresent(profile -> {
                learner.profile(profile);
                made++;
            });
        }
    }

    private Optional<TasteProfile> profile(AnswerFile.Answer answer) {
        SoftScores said = answer.scores();
        return MeanProfiles.mean(answer.history(), item -> Optional.ofNullable(vectors.get(item)))
                .map(vector -> new TasteProfile(
                        said.user(),
                        "",
                        vector,
                        encoder,
                        encoder,
                        "mean",
                        said.historyVersion(),
                        said.historyMaxTime(),
                        said.scoredAt()));
    }

    /** A number in [0, 1) that the text alone decides. */
    private static double share(String text) {
        return (double) ((text.hashCode() * 0x9E3779B97F4A7C15L) >>> 11) / (1L << 53);
    }
}
