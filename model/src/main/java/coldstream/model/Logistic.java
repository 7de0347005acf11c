package coldstream.model;

/** The logistic function and what follows from it; the same bits on every machine. */
public final class Logistic {

    private static final double LARGEST = 30;

    private Logistic() {}

    /** 1 / (1 + e⁻ˣ), kept away from 0 and 1. */
    public static double sigmoid(double x) {
        double bounded = Math.max(-LARGEST, Math.min(LARGEST, x));
        return 1 / (1 + StrictMath.exp(-bounded));
    }

    /** −ln sigmoid(x), in nats, without overflow. */
    public static double loss(double x) {
        return x > 0 ? StrictMath.log1p(StrictMath.exp(-x)) : -x + StrictMath.log1p(StrictMath.exp(x));
    }
}
