package coldstream.trainer.learning;

import coldstream.model.Logistic;
import coldstream.trainer.learning.gate.Hinge;
import coldstream.trainer.learning.gate.Signals;
import coldstream.trainer.learning.uncertainty.Uncertainty;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of what a language model said of some rows: λ times the mean (or the sum) over terms of α · l. A term is an ordered
 * pair or a valued point; α, the trust in it, is a constant. s is a served logit: the backbone's plus what the residual adds,
 * which is a constant too.
 *
 * <pre>
 * pair, logits            l = max(0, m − (s<sub>i</sub> − s<sub>j</sub>))
 * pair, probabilities     l = max(0, m − (σ(s<sub>i</sub>) − σ(s<sub>j</sub>)))
 * point, squared          l = (σ(s) − q)²
 * point, cross-entropy    l = −q ln σ(s) − (1 − q) ln(1 − σ(s))
 * </pre>
 *
 * with i put before j, and q the language model's score. After "Selective LLM-guided regularisation" (arXiv 2512.21526), which
 * leaves m and its space open.
 */
final class GuidedLoss {

    /** Where a pair's margin is measured. */
    enum Space {
        LOGIT,
        PROBABILITY;

        double of(double logit) {
            return this == LOGIT ? logit : Logistic.sigmoid(logit);
        }

        double slope(double logit) {
            double p = Logistic.sigmoid(logit);
            return this == LOGIT ? 1 : p * (1 - p);
        }
    }

    /**
     * A row of the pass.
     *
     * @param added by the residual to its logit
     */
    record Row(int row, boolean cold, Signals.Kind kind, double added) {

        double served(float[] logits) {
            return logits[row] + added;
        }

        Signals signals(float[] logits, Uncertainty.Reading reading) {
            return new Signals(cold, kind, reading.q(row, logits[row]));
        }
    }

    /** Something the language model said. */
    sealed interface Term {

        double loss(float[] logits);

        /** Adds {@code share} times the loss's gradient. */
        void pull(float[] logits, double share, float[] byLogit);

        Row first();

        Row second();
    }

    /** The language model puts {@code first} before {@code second}. */
    record Pair(Row first, Row second, Space space, double margin) implements Term {

        @Override
        public double loss(float[] logits) {
            return Math.max(0, margin - (space.of(first.served(logits)) - space.of(second.served(logits))));
        }

        @Override
        public void pull(float[] logits, double share, float[] byLogit) {
            if (loss(logits) > 0) {
                byLogit[first.row] -= (float) (share * space.slope(first.served(logits)));
                byLogit[second.row] += (float) (share * space.slope(second.served(logits)));
            }
        }
    }

    /** The language model gives {@code first} a score in [0, 1]. */
    record Point(Row first, double score, boolean squared) implements Term {

        @Override
        public double loss(float[] logits) {
            double s = first.served(logits);
            double distance = Logistic.sigmoid(s) - score;
            return squared ? distance * distance : score * Logistic.loss(s) + (1 - score) * Logistic.loss(-s);
        }

        @Override
        public void pull(float[] logits, double share, float[] byLogit) {
            double p = Logistic.sigmoid(first.served(logits));
            byLogit[first.row] += (float) (share * (p - score) * (squared ? 2 * p * (1 - p) : 1));
        }

        @Override
        public Row second() {
            return first;
        }
    }

    final List<Term> terms = new ArrayList<>();
    private final double weight;
    private final boolean sums;

    /**
     * @param weight λ
     * @param sums whether terms are added up, as in the paper, and not averaged
     */
    GuidedLoss(double weight, boolean sums) {
        this.weight = weight;
        this.sums = sums;
    }

    /** The terms with their trust and value at these logits. */
    List<Hinge> judged(float[] logits, Uncertainty.Reading reading) {
        List<Hinge> judged = new ArrayList<>();
        for (Term term : terms) {
            judged.add(new Hinge(
                    term.first().signals(logits, reading), term.second().signals(logits, reading), term.loss(logits)));
        }
        return judged;
    }

    /** The gradient by logit, with the trust of each term given. */
    float[] gradient(float[] logits, List<Double> alphas) {
        float[] byLogit = new float[logits.length];
        for (int k = 0; k < alphas.size(); k++) {
            terms.get(k).pull(logits, weight * alphas.get(k) / (sums ? 1 : alphas.size()), byLogit);
        }
        return byLogit;
    }
}
