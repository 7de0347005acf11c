package coldstream.trainer.learning;

import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.model.Logistic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the labelled rows said: served predictions first, then the loss they train by. */
final class Scored {

    private final OnlineLearner learner;
    private final float @Nullable [] shown;

    /** The predictions, in order. */
    final List<ScoredEvent> events = new ArrayList<>();

    /** What the residual learns from. */
    final List<Residual.Comparison> comparisons = new ArrayList<>();

    /** The backbone's, one a row. */
    float[] logits = {};

    /** Mean over the rows. */
    double loss;

    /** Why nothing can be learnt from these rows. */
    @Nullable
    String broken;

    /** @param shown the backbone's part of what is predicted; null for the logits that are trained on */
    Scored(OnlineLearner learner, float @Nullable [] shown) {
        this.learner = learner;
        this.shown = shown;
    }

    boolean isSound() {
        return broken == null;
    }

    /** Records the predictions and answers the loss's gradient by logit. */
    float[] take(BatchPlan plan, float[] found) {
        logits = found;
        float[] byLogit = new float[found.length];
        for (float logit : found) {
            if (!Float.isFinite(logit)) {
                broken = "a predicted logit must be finite, got " + logit;
                return byLogit;
            }
        }
        for (BatchPlan.Planned one : plan.planned) {
            row(byLogit, one.row(), one.sample().label(), one.sample().weight());
            double own = served(one.row(), one.input());
            List<ScoredEvent.Negative> negatives = new ArrayList<>();
            for (BatchPlan.Drawn drawn : one.drawn()) {
                row(byLogit, drawn.row(), 0, one.sample().weight());
                double logit = served(drawn.row(), drawn.input());
                negatives.add(new ScoredEvent.Negative(drawn.item().item(), logit, drawn.tail()));
                if (one.known()) {
                    comparisons.add(new Residual.Comparison(
                            logits[one.row()] - logits[drawn.row()], one.input(), drawn.input()));
                }
            }
            events.add(new ScoredEvent(one.sample(), own, negatives, one.scored(), one.each()));
            if (one.known() && !learner.config().draws) {
                compare(one);
            }
        }
        return byLogit;
    }

    private void compare(BatchPlan.Planned one) {
        Sample sample = one.sample();
        var opinion = new Opinions.Opinion(logits[one.row()], one.input());
        learner.opinions.add(sample.user(), sample.label() == 1, opinion).ifPresent(comparisons::add);
    }

    private double served(int row, Residual.Input input) {
        return learner.served((shown == null ? logits : shown)[row], input);
    }

    private void row(float[] byLogit, int row, int label, double weight) {
        double share = weight / logits.length;
        byLogit[row] = (float) ((Logistic.sigmoid(logits[row]) - label) * share);
        loss += Logistic.loss(label == 1 ? logits[row] : -logits[row]) * share;
    }
}
