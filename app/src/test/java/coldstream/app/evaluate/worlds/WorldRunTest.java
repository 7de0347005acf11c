package coldstream.app.evaluate.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.GateMode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The order of the gates in small worlds of one seed, by effects that are several times the noise of such a world. What is
 * small in them is in the table of {@code docs/results/gate-worlds.md}, from full worlds of six seeds.
 */
class WorldRunTest {

    private static final Size SMALL = new Size(500, 300, 12);
    private static final Map<Rates, Map<GateMode, Outcome>> FOUND = new EnumMap<>(Rates.class);

    @BeforeAll
    static void run() {
        for (Rates rates : Rates.values()) {
            World world = new World(1, rates, SMALL);
            Map<GateMode, Outcome> outcomes = new EnumMap<>(GateMode.class);
            for (GateMode mode : GateMode.values()) {
                Gate gate = Gate.of(
                        LearnerConfig.defaults().with("gate", mode.toString()).gateSettings());
                outcomes.put(mode, WorldRun.of(world, gate, 1, SMALL.epochs()));
            }
            FOUND.put(rates, outcomes);
        }
    }

    private static Outcome outcome(Rates rates, GateMode mode) {
        return Objects.requireNonNull(Objects.requireNonNull(FOUND.get(rates)).get(mode));
    }

    private static double gain(Rates rates, GateMode mode, String area) {
        return outcome(rates, mode).areas().getOrDefault(area, Double.NaN)
                - outcome(rates, GateMode.OFF).areas().getOrDefault(area, Double.NaN);
    }

    @Test
    void aUselessLanguageModelCostsNothingUnderReliabilityAndMuchUnderGlobal() {
        assertThat(gain(Rates.USELESS, GateMode.RELIABILITY, "pooled")).isEqualTo(0, within(0.004));
        assertThat(gain(Rates.USELESS, GateMode.GLOBAL, "pooled")).isLessThan(-0.01);
    }

    @Test
    void aGoodLanguageModelHelpsUnderReliabilityWhereverItIsGood() {
        assertThat(gain(Rates.GOOD_ON_COLD_AND_TAIL, GateMode.RELIABILITY, "cold"))
                .isPositive();
        assertThat(gain(Rates.GOOD_ON_WARM_AND_HEAD, GateMode.RELIABILITY, "pooled"))
                .isPositive();
        for (Rates rates : Rates.values()) {
            assertThat(gain(rates, GateMode.RELIABILITY, "pooled"))
                    .isGreaterThan(gain(rates, GateMode.GLOBAL, "pooled") - 0.002);
        }
    }

    @Test
    void reliabilityComesToTrustTheCellsInWhichTheLanguageModelIsRight() {
        var right = outcome(Rates.GOOD_ON_COLD_AND_TAIL, GateMode.RELIABILITY).alphas();
        assertThat(right.get(2)).isGreaterThan(2 * right.get(0));
        assertThat(right.get(3)).isGreaterThan(2 * right.get(1));
        var reversed =
                outcome(Rates.GOOD_ON_WARM_AND_HEAD, GateMode.RELIABILITY).alphas();
        assertThat(reversed.get(0)).isGreaterThan(reversed.get(2));
        assertThat(reversed.get(1)).isGreaterThan(reversed.get(3));
        assertThat(outcome(Rates.USELESS, GateMode.RELIABILITY).alphas()).allMatch(alpha -> alpha < 0.12);
    }

    /** The literal gate is the same whatever the language model is worth: it falls, most where it is meant to guide. */
    @Test
    void theLiteralGateTrustsTheColdTailLeastInEveryWorld() {
        for (Rates rates : Rates.values()) {
            var alphas = outcome(rates, GateMode.LITERAL).alphas();
            assertThat(alphas.get(3)).isLessThan(alphas.get(2)).isLessThan(alphas.get(1));
            assertThat(alphas.get(0)).isGreaterThan(alphas.get(1)).isGreaterThan(alphas.get(2));
        }
    }

    @Test
    void theLiteralGatesChoiceIsWorthNoMoreThanItsSchedule() {
        for (Rates rates : Rates.values()) {
            for (String area : new String[] {"pooled", "cold", "full"}) {
                assertThat(gain(rates, GateMode.LITERAL, area))
                        .isEqualTo(gain(rates, GateMode.SCHEDULE, area), within(0.003));
            }
        }
    }

    @Test
    void theDoseOfTheScheduleIsThatOfTheLiteralGate() {
        for (Rates rates : Rates.values()) {
            assertThat(outcome(rates, GateMode.SCHEDULE).dose())
                    .isEqualTo(outcome(rates, GateMode.LITERAL).dose(), within(0.002));
            assertThat(outcome(rates, GateMode.GLOBAL).dose()).isEqualTo(WorldRun.WEIGHT, within(1e-9));
        }
    }

    @Test
    void theWorldIsAsItSaysItIs() {
        World world = new World(3, Rates.GOOD_ON_COLD_AND_TAIL, SMALL);
        int cold = 0;
        int tail = 0;
        for (int user = 0; user < world.users; user++) {
            cold += world.cold(user) ? 1 : 0;
            int one = user;
            assertThat(world.histories[user]).doesNotContain(world.held[user]).doesNotHaveDuplicates();
            assertThat(Arrays.stream(world.histories[user]).allMatch(item -> world.took(one, item)))
                    .isTrue();
        }
        for (boolean one : world.tail) {
            tail += one ? 1 : 0;
        }
        assertThat(cold).isBetween(200, 300);
        assertThat(tail).isEqualTo(120);
    }
}
