package coldstream.app.evaluate.worlds;

import coldstream.model.Draws;

/** Matrix factorisation s(u, i) = p<sub>u</sub>·q<sub>i</sub> + b<sub>i</sub>, learnt by Adam over all parameters. */
final class Student {

    private static final int WIDTH = 16;
    private static final double SPREAD = 0.05;
    private static final double RATE = 5e-3;
    private static final double DECAY = 1e-4;
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double FLOOR = 1e-8;

    private final int itemStart;
    private final int biasStart;
    private final double[] weights;
    private final double[] gradient;
    private final double[] mean;
    private final double[] square;
    private double firstPower = 1;
    private double secondPower = 1;

    Student(int users, int items, long seed) {
        itemStart = users * WIDTH;
        biasStart = (users + items) * WIDTH;
        weights = new double[biasStart + items];
        gradient = new double[weights.length];
        mean = new double[weights.length];
        square = new double[weights.length];
        float[] start = new float[biasStart];
        Draws.of(seed, "student").normal(start, 0, biasStart, SPREAD);
        for (int k = 0; k < biasStart; k++) {
            weights[k] = start[k];
        }
    }

    double logit(int user, int item) {
        double sum = weights[biasStart + item];
        for (int k = 0; k < WIDTH; k++) {
            sum += weights[user * WIDTH + k] * weights[itemStart + item * WIDTH + k];
        }
        return sum;
    }

    /** Adds the gradient of a loss whose derivative by the logit is given. */
    void add(int user, int item, double byLogit) {
        gradient[biasStart + item] += byLogit;
        for (int k = 0; k < WIDTH; k++) {
            int own = user * WIDTH + k;
            int other = itemStart + item * WIDTH + k;
            gradient[own] += byLogit * weights[other];
            gradient[other] += byLogit * weights[own];
        }
    }

    /** How fast the logit changes along the descent of what was added so far. */
    double change(int user, int item) {
        double sum = gradient[biasStart + item];
        for (int k = 0; k < WIDTH; k++) {
            int own = user * WIDTH + k;
            int other = itemStart + item * WIDTH + k;
            sum += gradient[own] * weights[other] + weights[own] * gradient[other];
        }
        return -sum;
    }

    /** One step against what was added. */
    void step() {
        firstPower *= FIRST;
        secondPower *= SECOND;
        double rate = RATE / (1 - firstPower);
        double unbias = 1 / (1 - secondPower);
        for (int k = 0; k < weights.length; k++) {
            double slope = gradient[k] + (k < biasStart ? DECAY * weights[k] : 0);
            mean[k] = FIRST * mean[k] + (1 - FIRST) * slope;
            square[k] = SECOND * square[k] + (1 - SECOND) * slope * slope;
            weights[k] -= rate * mean[k] / (Math.sqrt(square[k] * unbias) + FLOOR);
            gradient[k] = 0;
        }
    }
}
