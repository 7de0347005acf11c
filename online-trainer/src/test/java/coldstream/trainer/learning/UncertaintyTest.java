package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.Draws;
import org.junit.jupiter.api.Test;

class UncertaintyTest {

    @Test
    void entropyIsGreatestWhereTheStudentCannotTell() {
        assertThat(Uncertainty.entropy(0)).isEqualTo(1, within(1e-12));
        assertThat(Uncertainty.entropy(Math.log(3))).isEqualTo(0.8112781, within(1e-6));
        assertThat(Uncertainty.entropy(-20))
                .isEqualTo(Uncertainty.entropy(20), within(1e-12))
                .isLessThan(1e-4);
    }

    @Test
    void ranksAreUniformOverRecentPredictions() {
        Uncertainty uncertainty = new Uncertainty();
        Draws draws = Draws.of(1);
        float[] logits = new float[512];
        for (int step = 0; step < 300; step++) {
            draws.normal(logits, 0, logits.length, 1);
            uncertainty.observe(logits);
        }
        int low = 0;
        for (float logit : logits) {
            double rank = uncertainty.rank(logit);
            assertThat(rank).isBetween(0.0, 1.0);
            low += rank < 0.3 ? 1 : 0;
        }
        assertThat(low / 512.0).isEqualTo(0.3, within(0.06));
    }
}
