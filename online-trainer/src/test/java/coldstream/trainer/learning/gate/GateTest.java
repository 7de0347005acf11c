package coldstream.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every gate must do. */
class GateTest {

    private final Anything anything = new Anything(4);

    private static Gate gate(GateMode mode) {
        return Gate.of(new GateSettings(mode, 5e-3, 1e-3, 0.5, 0.2, 20_000));
    }

    private static void learn(Gate gate, Anything from) {
        gate.realised(from.golds(10, 0.8));
        List<Hinge> pairs = from.hinges(10);
        gate.alphas(pairs);
        gate.trained(pairs, 0.03);
        gate.moved(from.moved(10));
    }

    @ParameterizedTest
    @EnumSource(GateMode.class)
    void aRestoredGateGoesOnAsIfNeverStopped(GateMode mode) {
        Gate unbroken = gate(mode);
        Anything first = new Anything(5);
        Anything second = new Anything(6);
        for (int k = 0; k < 20; k++) {
            learn(unbroken, first);
        }
        Gate restored = gate(mode);
        restored.restore(unbroken.state());
        assertThat(restored.state()).isEqualTo(unbroken.state());
        for (int k = 0; k < 20; k++) {
            learn(unbroken, second);
        }
        Anything again = new Anything(6);
        for (int k = 0; k < 20; k++) {
            learn(restored, again);
        }
        assertThat(restored.state()).isEqualTo(unbroken.state());
        Signals z = anything.signals();
        assertThat(restored.alpha(z)).isEqualTo(unbroken.alpha(z));
    }

    @ParameterizedTest
    @EnumSource(GateMode.class)
    void trustStaysBetweenNoneAndFull(GateMode mode) {
        Gate gate = gate(mode);
        for (int k = 0; k < 200; k++) {
            learn(gate, anything);
            assertThat(Arrays.stream(gate.alphas(anything.hinges(5)))).allMatch(alpha -> alpha >= 0 && alpha <= 1);
        }
    }

    @ParameterizedTest
    @EnumSource(GateMode.class)
    void evidenceThatIsNoneChangesNothing(GateMode mode) {
        Gate gate = gate(mode);
        learn(gate, anything);
        var before = gate.state();
        gate.realised(List.of());
        gate.trained(List.of(), 1);
        gate.moved(List.of());
        gate.alphas(List.of());
        assertThat(gate.state()).isEqualTo(before);
    }

    @Test
    void offTrustsNothingAndGlobalEverything() {
        assertThat(gate(GateMode.OFF).alpha(anything.signals(), anything.signals()))
                .isZero();
        assertThat(gate(GateMode.GLOBAL).alpha(anything.signals(), anything.signals()))
                .isEqualTo(1);
    }

    @Test
    void modesAreReadByName() {
        assertThat(GateMode.names())
                .containsExactly("reliability", "literal", "global", "schedule", "off", "meta", "prior-kl", "cell");
        for (GateMode mode : GateMode.values()) {
            assertThat(GateMode.parse(mode.toString())).isEqualTo(mode);
        }
        assertThatThrownBy(() -> GateMode.parse("prior_kl")).hasMessageContaining("gate must be one of");
    }

    @Test
    void metaTrustsWhatClicksAloneWouldTeach() {
        Gate gate = gate(GateMode.META);
        Signals head = Signals.ofCell(0);
        Signals tail = Signals.ofCell(1);
        for (int k = 0; k < 300; k++) {
            gate.moved(List.of(new Moved(head, head, 1), new Moved(tail, tail, -1)));
        }
        assertThat(gate.alpha(head)).isGreaterThan(0.6);
        assertThat(gate.alpha(tail)).isLessThan(0.4);
    }
}
