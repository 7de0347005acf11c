package coldstream.trainer.learning.gate;

import java.util.List;
import java.util.Map;

/**
 * Trust by counting: in each cell alpha is a lower bound of 2c − 1, c the share of realised comparisons ordered correctly, with
 * one standard deviation of its Beta posterior taken off. The non-parametric twin of {@link Reliability}; blind to q.
 */
final class CellTable implements Gate {

    private final Agreement agreement;

    CellTable(double memory) {
        agreement = new Agreement(memory);
    }

    @Override
    public double alpha(Signals z) {
        int cell = z.cellNumber();
        return Math.max(0, 2 * (agreement.share(cell) - agreement.deviation(cell)) - 1);
    }

    @Override
    public void realised(List<Gold> golds) {
        agreement.observe(golds);
    }

    @Override
    public Map<String, List<Double>> state() {
        return agreement.state();
    }

    @Override
    public void restore(Map<String, List<Double>> state) {
        agreement.restore(state);
    }
}
