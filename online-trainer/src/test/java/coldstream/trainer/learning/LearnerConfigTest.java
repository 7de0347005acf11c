package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.trainer.learning.gate.GateMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnerConfigTest {

    @Test
    void defaultsAreTheMeasuredOnes() {
        assertThat(LearnerConfig.defaults().values())
                .containsEntry("backbone", "dcnv2")
                .containsEntry("guidance", "s-llmr+residual")
                .containsEntry("gate", "reliability")
                .containsEntry("item-row-start", "text")
                .containsEntry("pair-weight", "0.03")
                .containsEntry("dimension", "32")
                .hasSameSizeAs(LearnerConfig.KNOBS);
    }

    @Test
    void everyKnobCanBeTurned() {
        for (Knob knob : LearnerConfig.KNOBS) {
            assertThat(LearnerConfig.defaults().with(knob.name(), knob.value()).values())
                    .isEqualTo(LearnerConfig.defaults().values());
        }
        LearnerConfig config = LearnerConfig.of(Map.of("guidance", "residual", "gate", "literal", "negatives", "5"));
        assertThat(config.guidance.has(Guidance.Arm.RESIDUAL)).isTrue();
        assertThat(config.guidance.has(Guidance.Arm.S_LLMR)).isFalse();
        assertThat(config.gate).isEqualTo(GateMode.LITERAL);
        assertThat(config.gateSettings.rate()).isEqualTo(1e-3);
        assertThat(config.negatives).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "backbone, mlp, backbone must be one of",
        "guidance, kd, guidance must be",
        "guidance, '', guidance must be",
        "gate, prior_kl, gate must be one of",
        "gate-prior, 1, gate-prior must be",
        "negatives, 0, negatives must be",
        "negatives, 1.5, negatives must be a whole number",
        "dimension, many, dimension must be a number",
        "tail-share, NaN, tail-share must be",
        "seed, 1.5, seed must be a whole number",
        "colour, red, learner settings are"
    })
    void aBadValueIsRefusedWithItsRule(String name, String value, String rule) {
        assertThatThrownBy(() -> LearnerConfig.defaults().with(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void armsCombineInAnyOrder() {
        assertThat(Guidance.parse("residual+s-llmr")).isEqualTo(Guidance.parse("s-llmr+residual"));
        assertThat(Guidance.parse("residual+s-llmr")).hasToString("s-llmr+residual");
        assertThat(Guidance.parse("none")).hasToString("none");
    }
}
