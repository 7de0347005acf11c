package coldstream.model;

import coldstream.model.backbone.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backbone's dense parameters with the moments they are trained by: Adam (Kingma and Ba 2015), with the gradient's global
 * norm clipped first.
 */
public final class DenseParameters {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double FLOOR = 1e-8;

    private final List<ParameterSpec> specs;
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final Map<String, float[]> means = new LinkedHashMap<>();
    private final Map<String, float[]> squares = new LinkedHashMap<>();
    private long updates;

    public DenseParameters(List<ParameterSpec> specs, long seed) {
        this.specs = List.copyOf(specs);
        for (ParameterSpec spec : specs) {
            values.put(spec.name(), start(spec, seed));
            means.put(spec.name(), new float[spec.size()]);
            squares.put(spec.name(), new float[spec.size()]);
        }
    }

    private DenseParameters(DenseParameters other) {
        specs = other.specs;
        other.values.forEach((name, array) -> values.put(name, array.clone()));
        other.means.forEach((name, array) -> means.put(name, array.clone()));
        other.squares.forEach((name, array) -> squares.put(name, array.clone()));
        updates = other.updates;
    }

    private static float[] start(ParameterSpec spec, long seed) {
        float[] values = new float[spec.size()];
        if (spec.deviation() > 0) {
            Draws.of(seed, "dense", spec.name()).normal(values, 0, values.length, spec.deviation());
        }
        return values;
    }

    public DenseParameters copy() {
        return new DenseParameters(this);
    }

    public List<ParameterSpec> specs() {
        return specs;
    }

    float[] values(ParameterSpec spec) {
        return java.util.Objects.requireNonNull(values.get(spec.name()));
    }

    /** Updates so far. */
    public long updates() {
        return updates;
    }

    /**
     * One Adam step.
     *
     * @param gradients by parameter, in the order of {@link #specs}; scaled down in place where their norm is above
     *     {@code clip}
     */
    public void update(List<float[]> gradients, double rate, double clip) {
        double norm = norm(gradients);
        float shrink = norm > clip ? (float) (clip / (norm + 1e-6)) : 1;
        updates++;
        double step = rate / (1 - StrictMath.pow(FIRST, (double) updates));
        double root = Math.sqrt(1 - StrictMath.pow(SECOND, (double) updates));
        for (int p = 0; p < specs.size(); p++) {
            ParameterSpec spec = specs.get(p);
            adam(
                    values(spec),
                    java.util.Objects.requireNonNull(means.get(spec.name())),
                    java.util.Objects.requireNonNull(squares.get(spec.name())),
                    gradients.get(p),
                    shrink,
                    step,
                    root);
        }
    }

    private static void adam(
            float[] w, float[] mean, float[] square, float[] gradient, float shrink, double step, double root) {
        for (int k = 0; k < w.length; k++) {
            float g = gradient[k] * shrink;
            float m = (float) (FIRST * mean[k] + (1 - FIRST) * g);
            float v = (float) (SECOND * square[k] + (1 - SECOND) * g * g);
            mean[k] = m;
            square[k] = v;
            w[k] -= (float) (step * m / (Math.sqrt(v) / root + FLOOR));
        }
    }

    /** Euclidean norm over all gradients together. */
    public static double norm(List<float[]> gradients) {
        double sum = 0;
        for (float[] gradient : gradients) {
            for (float g : gradient) {
                sum += (double) g * g;
            }
        }
        return Math.sqrt(sum);
    }

    /** Writes the values by name. */
    public void saveValues(Safetensors.Builder file) {
        for (ParameterSpec spec : specs) {
            file.add(spec.name(), spec.shape(), values(spec));
        }
    }

    /** Writes the moments, as {@code <name>.mean} and {@code <name>.square}, and the number of updates. */
    public void saveMoments(Safetensors.Builder file) {
        for (ParameterSpec spec : specs) {
            file.add(spec.name() + ".mean", spec.shape(), java.util.Objects.requireNonNull(means.get(spec.name())));
            file.add(spec.name() + ".square", spec.shape(), java.util.Objects.requireNonNull(squares.get(spec.name())));
        }
        file.add("updates", List.of(1), new long[] {updates});
    }

    /** Replaces the values by saved ones. */
    public void loadValues(Safetensors file) {
        for (ParameterSpec spec : specs) {
            values.put(spec.name(), file.floats(spec.name(), spec.shape()));
        }
    }

    /** Replaces the moments by saved ones. */
    public void loadMoments(Safetensors file) {
        for (ParameterSpec spec : specs) {
            means.put(spec.name(), file.floats(spec.name() + ".mean", spec.shape()));
            squares.put(spec.name(), file.floats(spec.name() + ".square", spec.shape()));
        }
        updates = file.longs("updates")[0];
    }

    /** A zero gradient for every parameter. */
    List<float[]> zeros() {
        List<float[]> zeros = new ArrayList<>();
        specs.forEach(spec -> zeros.add(new float[spec.size()]));
        return zeros;
    }
}
