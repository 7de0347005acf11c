package coldstream.benchmarks;

import coldstream.model.Model;
import java.util.List;

/** The product: gather, forward, backward, scatter, row optimiser and Adam, as the learner calls them. */
final class Trainee implements Contender {

    private final Model model;
    private final Workload workload;
    private long step;
    private double loss;

    Trainee(Model model, Workload workload) {
        this.model = model;
        this.workload = workload;
    }

    /** Losses of the next steps: mean logistic loss per row, nats. */
    double[] learn(int steps) {
        double[] losses = new double[steps];
        for (int k = 0; k < steps; k++) {
            step();
            losses[k] = loss;
        }
        return losses;
    }

    @Override
    public Took steps(int steps) {
        return Contender.timed(() -> {
            for (int k = 0; k < steps; k++) {
                step();
            }
        });
    }

    private void step() {
        step(workload.batch(step++));
    }

    void step(List<Workload.Row> batch) {
        model.learn(Workload.features(model, batch), logits -> byLogit(batch, logits));
        model.update(batch.size());
    }

    private float[] byLogit(List<Workload.Row> batch, float[] logits) {
        float[] gradient = new float[logits.length];
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            int label = batch.get(row).label();
            double z = label == 1 ? logits[row] : -logits[row];
            sum += Math.max(0, -z) + Math.log1p(Math.exp(-Math.abs(z)));
            gradient[row] = (float) ((1 / (1 + Math.exp(-logits[row])) - label) / logits.length);
        }
        loss = sum / logits.length;
        return gradient;
    }

    @Override
    public void close() {
        model.close();
    }
}
