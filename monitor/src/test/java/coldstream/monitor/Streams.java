package coldstream.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Streams in which nothing changes unless it is told to, each value like its neighbours. */
final class Streams {

    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /** x_t = ρ x_(t−1) + √(1 − ρ²) noise, which has τ = (1 + ρ) / (1 − ρ), given through a function. */
    static final class Stream {
        private final Random random;
        private final double rho;
        private final DoubleUnaryOperator form;
        private double x;

        Stream(long seed, double rho, DoubleUnaryOperator form) {
            random = new Random(seed);
            this.rho = rho;
            this.form = form;
            x = random.nextGaussian();
        }

        double next() {
            x = rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            return form.applyAsDouble(x);
        }
    }

    private Streams() {}

    /** Even, skewed, of two values, of few values: what signals look like. */
    static List<DoubleUnaryOperator> forms() {
        return List.of(x -> x, Math::exp, x -> x > 1.3 ? 1 : 0, x -> Math.max(0, Math.round(2 * x)));
    }

    static List<Stream> unchanging(int count, long seed, double... rhos) {
        List<Stream> streams = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            streams.add(
                    new Stream(seed * 1_000 + k, rhos[k % rhos.length], forms().get(k / rhos.length % forms().size())));
        }
        return streams;
    }

    static Moment moment(long step, Duration each) {
        return new Moment(step, BEGINNING.plus(each.multipliedBy(step)));
    }
}
