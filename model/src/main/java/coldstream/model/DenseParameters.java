package coldstream.model;

import static coldstream.domain.Check.check;

import coldstream.model.backbone.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A backbone's dense parameters with the moments they are trained by: Adam (Kingma and Ba 2015), with the gradient's global
 * norm clipped first.
 */
public final class DenseParameters {

    private static final float FIRST = 0.9f;
    private static final float SECOND = 0.999f;
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
        return of(values, spec.name());
    }

    /** Updates so far. */
    public long updates() {
        return updates;
    }

    /**
     * One Adam step.
     *
     * @param gradients by parameter, in the order of {@link #specs}; scaled down where their norm is above {@code clip}
     */
    public void update(List<float[]> gradients, double rate, double clip) {
        update(gradients, norm(gradients), rate, clip);
    }

    /** As above, where the norm is known. */
    void update(List<float[]> gradients, double norm, double rate, double clip) {
        updates++;
        double root = Math.sqrt(1 - StrictMath.pow(SECOND, (double) updates));
        Step by = new Step(
                norm > clip ? (float) (clip / (norm + 1e-6)) : 1,
                (float) (rate * root / (1 - StrictMath.pow(FIRST, (double) updates))),
                (float) (FLOOR * root));
        for (int p = 0; p < specs.size(); p++) {
            String name = specs.get(p).name();
            adam(of(values, name), of(means, name), of(squares, name), gradients.get(p), by);
        }
    }

    private static float[] of(Map<String, float[]> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    /**
     * What is the same for all numbers of one update, with both corrections of bias in it.
     *
     * @param shrink what the norm's limit leaves of a gradient
     */
    private record Step(float shrink, float rate, float floor) {}

    /** In floats and without branches, so that the compiler takes many numbers at once. */
    private static void adam(float[] w, float[] mean, float[] square, float[] gradient, Step by) {
        float shrink = by.shrink;
        float rate = by.rate;
        float floor = by.floor;
        for (int k = 0; k < w.length; k++) {
            float g = gradient[k] * shrink;
            float m = FIRST * mean[k] + (1 - FIRST) * g;
            float v = SECOND * square[k] + (1 - SECOND) * (g * g);
            mean[k] = m;
            square[k] = v;
            w[k] -= rate * m / ((float) Math.sqrt(v) + floor);
        }
    }

    /** Euclidean norm over all gradients together. */
    public static double norm(List<float[]> gradients) {
        double sum = 0;
        for (float[] gradient : gradients) {
            sum += Squares.sum(gradient, 0, gradient.length);
        }
        return Math.sqrt(sum);
    }

    /** Refuses values that are no finite numbers. */
    void requireFinite() {
        values.forEach((name, numbers) -> {
            for (float number : numbers) {
                check(Float.isFinite(number), "every weight must be finite, got %s in %s", number, name);
            }
        });
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
            file.add(spec.name() + ".mean", spec.shape(), of(means, spec.name()));
            file.add(spec.name() + ".square", spec.shape(), of(squares, spec.name()));
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
