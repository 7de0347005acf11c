package coldstream.service;

import static coldstream.domain.Check.check;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One thing that can be set: its key, its default and what it means.
 *
 * @param key lower case, parts by dots, words by dashes, such as {@code trainer.batch-size}
 * @param defaultText the default as it would be written, empty when there is none
 * @param unit of a number, or the form of the value
 * @param meaning one sentence for people, lower case, no full stop
 * @param secret whether the value must never be printed
 * @param reader from the written form; throws {@link IllegalArgumentException} with the rule when it is not one
 */
public record Setting<T>(
        String key, String defaultText, String unit, String meaning, boolean secret, Function<String, T> reader) {

    static final String PREFIX = "COLDSTREAM_";

    public Setting {
        check(key.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*"), "a key has dots and dashes only, got %s", key);
    }

    public static Setting<Integer> ofInt(String key, int byDefault, String unit, String meaning) {
        return new Setting<>(
                key, Integer.toString(byDefault), unit, meaning, false, numberOr("a whole number", Integer::valueOf));
    }

    public static Setting<Long> ofLong(String key, long byDefault, String unit, String meaning) {
        return new Setting<>(
                key, Long.toString(byDefault), unit, meaning, false, numberOr("a whole number", Long::valueOf));
    }

    public static Setting<Double> ofDouble(String key, double byDefault, String unit, String meaning) {
        return new Setting<>(
                key, Double.toString(byDefault), unit, meaning, false, numberOr("a number", Setting::finite));
    }

    public static Setting<String> ofString(String key, String byDefault, String meaning) {
        return new Setting<>(key, byDefault, "text", meaning, false, Setting::notBlank);
    }

    /** A text without a default; empty when it is not set. */
    public static Setting<Optional<String>> ofOptionalString(String key, String meaning) {
        return new Setting<>(key, "", "text", meaning, false, Setting::unlessBlank);
    }

    /** Words separated by commas; blanks around them do not count. */
    public static Setting<List<String>> ofList(String key, List<String> byDefault, String meaning) {
        return new Setting<>(key, String.join(",", byDefault), "text,text", meaning, false, Setting::words);
    }

    /** Written as {@link Durations} says. */
    public static Setting<Duration> ofDuration(String key, Duration byDefault, String meaning) {
        return new Setting<>(key, Durations.format(byDefault), "duration", meaning, false, Durations::parse);
    }

    public static Setting<Boolean> ofBoolean(String key, boolean byDefault, String meaning) {
        return new Setting<>(key, Boolean.toString(byDefault), "true|false", meaning, false, text -> {
            check(text.equals("true") || text.equals("false"), "it is true or false, got %s", text);
            return Boolean.valueOf(text);
        });
    }

    public static Setting<URI> ofUri(String key, String byDefault, String meaning) {
        return new Setting<>(key, byDefault, "URI", meaning, false, text -> {
            URI uri = URI.create(text);
            check(uri.getScheme() != null, "a URI has a scheme, got %s", text);
            return uri;
        });
    }

    /** One of an enum's constants, written in lower case with dashes. */
    public static <E extends Enum<E>> Setting<E> ofEnum(String key, E byDefault, String meaning) {
        E[] constants = byDefault.getDeclaringClass().getEnumConstants();
        String choices = Arrays.stream(constants).map(Setting::written).collect(Collectors.joining("|"));
        return new Setting<>(key, written(byDefault), choices, meaning, false, text -> Arrays.stream(constants)
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is one of " + choices + ", got " + text)));
    }

    /** A value that is never printed; empty when it is not set. */
    public static Setting<Optional<Secret>> ofSecret(String key, String meaning) {
        return new Setting<>(
                key, "", "text", meaning, true, text -> unlessBlank(text).map(Secret::new));
    }

    /** The environment variable that sets it, such as {@code COLDSTREAM_TRAINER_BATCH_SIZE}. */
    public String variable() {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static <T> Function<String, T> numberOr(String what, Function<String, T> reader) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it is " + what + ", got " + text, e);
            }
        };
    }

    private static double finite(String text) {
        double value = Double.parseDouble(text);
        check(Double.isFinite(value), "it is a finite number, got %s", text);
        return value;
    }

    private static String notBlank(String text) {
        check(!text.isBlank(), "it must not be blank");
        return text;
    }

    private static Optional<String> unlessBlank(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
