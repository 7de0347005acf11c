package coldstream.domain;

import static coldstream.domain.Check.check;

import java.util.Arrays;

/** A text as a language model's encoder sees it: an immutable vector of finite numbers. */
public final class TextVector {

    private final float[] values;

    private TextVector(float[] values) {
        this.values = values;
    }

    /** Copies {@code values}. */
    public static TextVector of(float... values) {
        check(values.length > 0, "a text vector must have a dimension");
        for (float value : values) {
            check(Float.isFinite(value), "a text vector must be finite, got %s", value);
        }
        return new TextVector(values.clone());
    }

    public int dimension() {
        return values.length;
    }

    public float at(int index) {
        return values[index];
    }

    /** A copy. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextVector that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "TextVector(" + values.length + ")";
    }
}
