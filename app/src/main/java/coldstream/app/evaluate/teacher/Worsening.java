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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A language model that gets worse: for as long as it lasts, the scores of an answer go to its items at random. What scores there
 * are stays as it was, so that only what comes true tells.
 */
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
        return worse ? sound.answer(request).map(Worsening::mixedUp) : sound.answer(request);
    }

    private static SoftScores mixedUp(SoftScores said) {
        List<Double> given =
                new ArrayList<>(said.scores().stream().map(ItemScore::score).toList());
        Collections.shuffle(given, new Random(said.requestId().hashCode()));
        List<ItemScore> scores = new ArrayList<>();
        for (int place = 0; place < given.size(); place++) {
            scores.add(new ItemScore(said.scores().get(place).item(), given.get(place)));
        }
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
