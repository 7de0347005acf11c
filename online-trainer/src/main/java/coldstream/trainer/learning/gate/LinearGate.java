package coldstream.trainer.learning.gate;

import java.util.List;
import java.util.Map;

/** A gate whose trust is {@linkplain LinearTrust linear in the signals}; what its weights descend is each one's own. */
abstract class LinearGate implements Gate {

    final LinearTrust trust;

    LinearGate(LinearTrust trust) {
        this.trust = trust;
    }

    @Override
    public final double alpha(Signals z) {
        return trust.alpha(z);
    }

    @Override
    public final List<Double> weights() {
        return trust.list();
    }

    @Override
    public final Map<String, List<Double>> state() {
        return trust.state();
    }

    @Override
    public final void restore(Map<String, List<Double>> state) {
        trust.restore(state);
    }
}
