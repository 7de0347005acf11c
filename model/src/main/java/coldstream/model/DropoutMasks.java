package coldstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import coldstream.model.backbone.Dropout;

/**
 * Masks drawn from a seed: a unit is silent with probability 0.1, and one that speaks is raised by 1 / 0.9. Every mask is a
 * network of its own, the same for all rows.
 */
record DropoutMasks(int masks, long seed) implements Dropout {

    private static final double SILENT = 0.1;

    @Override
    public NDArray apply(NDArray hidden) {
        int units = (int) hidden.getShape().get(1);
        NDManager scope = hidden.getManager();
        return hidden.mul(Workspace.alone(scope, draw(units), masks, 1, units));
    }

    private float[] draw(int units) {
        Draws draws = Draws.of(seed, "dropout");
        float[] factors = new float[masks * units];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = draws.uniform() < SILENT ? 0 : (float) (1 / (1 - SILENT));
        }
        return factors;
    }
}
