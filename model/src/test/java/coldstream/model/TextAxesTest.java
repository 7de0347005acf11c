package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextAxesTest {

    private static final int LENGTH = 24;
    private static final int D = 4;

    /** Texts that differ mostly in the first four directions. */
    private static List<float[]> texts(long seed, int count) {
        List<float[]> texts = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] text = new float[LENGTH];
            Draws draws = Draws.of(seed + k, "text");
            draws.normal(text, 0, LENGTH, 0.05);
            float[] main = new float[D];
            draws.normal(main, 0, D, 1);
            for (int j = 0; j < D; j++) {
                text[j] += main[j];
            }
            texts.add(text);
        }
        return texts;
    }

    private static float[] random() {
        float[] random = new float[LENGTH * D];
        Draws.of(9).normal(random, 0, random.length, 1);
        return random;
    }

    private static double[] map(float[] map, float[] x) {
        double[] y = new double[D];
        for (int k = 0; k < LENGTH; k++) {
            for (int j = 0; j < D; j++) {
                y[j] += x[k] * map[k * D + j];
            }
        }
        return y;
    }

    @Test
    void distancesInThePrincipalSubspaceAreKept() {
        List<float[]> texts = texts(1, 300);
        float[] map = TextAxes.fit(texts, random(), D);
        for (int k = 0; k < 50; k += 2) {
            double expected = 0;
            for (int j = 0; j < LENGTH; j++) {
                expected += Math.pow(texts.get(k)[j] - texts.get(k + 1)[j], 2);
            }
            double[] first = map(map, texts.get(k));
            double[] second = map(map, texts.get(k + 1));
            double found = 0;
            for (int j = 0; j < D; j++) {
                found += Math.pow(first[j] - second[j], 2);
            }
            assertThat(Math.sqrt(found)).isEqualTo(Math.sqrt(expected), within(0.15 * Math.sqrt(expected)));
        }
    }

    @Test
    void moreTextsSpeakTheSameCoordinates() {
        float[] few = TextAxes.fit(texts(1, 100), random(), D);
        float[] many = TextAxes.fit(texts(5000, 5000), random(), D);
        for (float[] text : texts(77, 20)) {
            double[] before = map(few, text);
            double[] after = map(many, text);
            for (int j = 0; j < D; j++) {
                assertThat(after[j]).isEqualTo(before[j], within(0.3));
            }
        }
    }

    @Test
    void fewerDirectionsThanNumbersDoNoHarm() {
        List<float[]> texts = List.of(new float[LENGTH], texts(1, 1).get(0));
        assertThat(TextAxes.fit(texts, random(), D)).doesNotContain(Float.NaN);
    }
}
