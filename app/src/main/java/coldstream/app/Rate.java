package coldstream.app;

import static coldstream.domain.Check.check;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast to send.
 *
 * @param perSecond events, infinite for as fast as possible
 */
public record Rate(double perSecond) {

    public static final Rate MAX = new Rate(Double.POSITIVE_INFINITY);

    public Rate {
        check(perSecond > 0, "a rate must be positive, got %s", perSecond);
    }

    /** Reads a number of events per second, or {@code max}. */
    public static final class Converter implements ITypeConverter<Rate> {

        @Override
        public Rate convert(String text) {
            if (text.equals("max")) {
                return MAX;
            }
            try {
                return new Rate(Double.parseDouble(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "a rate is a positive number of events per second or max, got " + text);
            }
        }
    }
}
