package coldstream.model;

import coldstream.model.backbone.ParameterSpec;

/**
 * The exponential moving average of dense weights: after update t, a ← κ a + (1 − κ) w with κ = min(kept, (1 + t) / (10 + t)),
 * so that the random start is soon forgotten (as TensorFlow's moving average with a number of updates). Weights swing around
 * what they have learnt; their average swings less.
 */
final class DenseAverage {

    private static final String NAME = ".average";

    private final double kept;
    private final DenseParameters average;

    /** @param kept share of the average that an update leaves */
    DenseAverage(double kept, DenseParameters parameters) {
        this.kept = kept;
        average = parameters.copy();
    }

    /** The averaged weights. */
    DenseParameters values() {
        return average;
    }

    /** Takes in the weights after an update. */
    void follow(DenseParameters parameters) {
        double t = parameters.updates();
        double keep = Math.min(kept, (1 + t) / (10 + t));
        for (ParameterSpec spec : parameters.specs()) {
            float[] to = average.values(spec);
            float[] from = parameters.values(spec);
            for (int k = 0; k < to.length; k++) {
                to[k] = (float) (keep * to[k] + (1 - keep) * from[k]);
            }
        }
    }

    DenseAverage copy() {
        return new DenseAverage(kept, average);
    }

    /** Writes the average of each parameter as {@code <name>.average}. */
    void save(Safetensors.Builder file) {
        for (ParameterSpec spec : average.specs()) {
            file.add(spec.name() + NAME, spec.shape(), average.values(spec));
        }
    }

    /** The average saved beside these parameters; where none was, it starts from them. */
    static DenseAverage of(ModelConfig config, DenseParameters parameters, Safetensors file) {
        DenseAverage average = new DenseAverage(config.denseAverage(), parameters);
        load(file, average.average);
        return average;
    }

    /** Replaces the values by the average a file holds, if it does. */
    static void load(Safetensors file, DenseParameters into) {
        for (ParameterSpec spec : into.specs()) {
            if (file.has(spec.name() + NAME)) {
                float[] from = file.floats(spec.name() + NAME, spec.shape());
                System.arraycopy(from, 0, into.values(spec), 0, from.length);
            }
        }
    }
}
