package coldstream.wire;

import static coldstream.domain.Check.check;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Something done to a learner besides teaching it. It is part of a journalled step, which does it before anything else, so
 * that a step taken again does it again and the same comes of it.
 *
 * @param id unique; of two with one id a learner does the first
 * @param factor by which learning rates are multiplied, above 1 to {@value #LARGEST_FACTOR}; {@link Kind#RAISE_RATES} alone
 * @param samples to be trained at those rates, at least 1; {@link Kind#RAISE_RATES} alone
 * @param why in words
 */
public record Directive(String id, Kind kind, OptionalDouble factor, OptionalLong samples, String why) {

    public static final double LARGEST_FACTOR = 10;

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_WHY = 1_000;

    /** What is done. */
    public enum Kind {
        /** The rates of rows and of dense parameters are a multiple of what is set, for so many samples. */
        RAISE_RATES,
        /** What the gate has learnt of the language model is forgotten: trust starts anew. */
        RESET_GATE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Directive {
        check(!id.isBlank() && id.length() <= LONGEST_ID, "a directive's id must have 1 to 200 characters, got %s", id);
        check(why.length() <= LONGEST_WHY, "a reason must have at most 1000 characters, got %d", why.length());
        boolean raises = kind == Kind.RAISE_RATES;
        check(
                raises == factor.isPresent() && raises == samples.isPresent(),
                "a directive must have factor and samples if it raises rates, and only then, got %s",
                kind);
        check(
                factor.orElse(LARGEST_FACTOR) > 1 && factor.orElse(LARGEST_FACTOR) <= LARGEST_FACTOR,
                "a factor must be above 1 and at most 10, got %s",
                factor.orElse(0));
        check(samples.orElse(1) >= 1, "samples must be at least 1, got %d", samples.orElse(0));
    }

    public static Directive raiseRates(String id, double factor, long samples, String why) {
        return new Directive(id, Kind.RAISE_RATES, OptionalDouble.of(factor), OptionalLong.of(samples), why);
    }

    public static Directive resetGate(String id, String why) {
        return new Directive(id, Kind.RESET_GATE, OptionalDouble.empty(), OptionalLong.empty(), why);
    }
}
