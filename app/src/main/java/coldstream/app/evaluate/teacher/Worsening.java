package coldstream.app.evaluate.teacher;

import coldstream.app.dataset.Change;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.Drift;
import coldstream.app.dataset.SimulatedShop;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A language model that gets worse: for as long as it lasts, every score it gives is drawn at random. */
public final class Worsening implements Teacher {

    private final Teacher sound;
    private final Change change;

    private Worsening(Teacher sound, Change change) {
        this.sound = sound;
        this.change = change;
    }

    /** The teacher as the data set's drifts leave it. */
    public static Teacher of(Teacher teacher, DataSet data) {
        Teacher left = teacher;
        if (data instanceof SimulatedShop shop) {
            for (Change change : Change.of(shop)) {
                if (change.drift().kind() == Drift.Kind.LANGUAGE_MODEL) {
                    left = new Worsening(left, change);
                }
            }
        }
        return left;
    }

    @Override
    public List<ItemVector> vectors() {
        return sound.vectors();
    }

    @Override
    public void taken(UserId user, ItemId item) {
        sound.taken(user, item);
    }

    @Override
    public Optional<SoftScores> answer(ScoreRequest request) {
        boolean worse = !request.requestedAt().isBefore(change.from())
                && !request.requestedAt().isAfter(change.until());
        return worse ? sound.answer(request).map(Worsening::noise) : sound.answer(request);
    }

    private static SoftScores noise(SoftScores said) {
        var random = new SplittableRandom(said.requestId().hashCode());
        List<ItemScore> scores = said.scores().stream()
                .map(score -> new ItemScore(score.item(), random.nextDouble()))
                .toList();
        return new SoftScores(
                said.requestId(),
                said.user(),
                scores,
                said.hidden(),
                said.model(),
                said.promptVersion(),
                said.permutations(),
                said.scoredAt(),
                said.historyVersion(),
                said.historyMaxTime(),
                said.shown());
    }
}
