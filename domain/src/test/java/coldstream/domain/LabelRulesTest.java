package coldstream.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRulesTest {

    @ParameterizedTest(name = "a {0} has strength {1}")
    @CsvSource({"click, 2", "cart, 3", "purchase, 4"})
    void strongerActsHaveAHigherStrength(String type, double strength) {
        LabelRules.Label label = LabelRules.EXPLICIT.label(interaction(type, OptionalDouble.empty()));

        assertThat(label).isEqualTo(new LabelRules.Label(1, OptionalDouble.of(strength)));
    }

    @ParameterizedTest(name = "{0} stars give label {1}")
    @CsvSource({"0.5, 0", "3.5, 0", "4, 1", "5, 1"})
    void explicitRatingsOfFourAndMoreArePositive(double stars, int label) {
        assertThat(LabelRules.EXPLICIT.label(interaction("rating", OptionalDouble.of(stars))))
                .isEqualTo(new LabelRules.Label(label, OptionalDouble.of(stars)));
    }

    @Test
    void implicitlyEveryRatingIsAPositive() {
        assertThat(LabelRules.IMPLICIT.label(interaction("rating", OptionalDouble.of(0.5))))
                .isEqualTo(new LabelRules.Label(1, OptionalDouble.of(0.5)));
        assertThat(LabelRules.IMPLICIT.label(interaction("rating", OptionalDouble.empty())))
                .isEqualTo(new LabelRules.Label(1, OptionalDouble.of(2)));
    }

    @Test
    void anUnknownTypeIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> LabelRules.IMPLICIT.label(interaction("wink", OptionalDouble.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("type must be one of [cart, click, impression, purchase, rating], got wink");
    }

    @Test
    void anExplicitRatingNeedsAValue() {
        assertThatThrownBy(() -> LabelRules.EXPLICIT.label(interaction("rating", OptionalDouble.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a rating must have a value");
    }

    private static Interaction interaction(String type, OptionalDouble value) {
        return new Interaction(
                "e1", "test", type, new UserId("u"), new ItemId("i"), value, Optional.empty(), Instant.EPOCH, Map.of());
    }
}
