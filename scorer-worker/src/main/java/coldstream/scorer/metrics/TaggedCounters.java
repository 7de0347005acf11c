package coldstream.scorer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Counters of one name, one for each constant: the tag's values are a closed set, and each is there from the start. */
public final class TaggedCounters<E extends Enum<E>> {

    private final Map<E, Counter> counters;

    private TaggedCounters(Map<E, Counter> counters) {
        this.counters = counters;
    }

    /** @param tag its value is the constant's name in lower case */
    public static <E extends Enum<E>> TaggedCounters<E> of(
            MeterRegistry meters, String name, String description, String tag, Class<E> type) {
        return of(meters, name, description, tag, type, constant -> constant.name()
                .toLowerCase(Locale.ROOT));
    }

    /** @param value what the tag says of a constant */
    public static <E extends Enum<E>> TaggedCounters<E> of(
            MeterRegistry meters,
            String name,
            String description,
            String tag,
            Class<E> type,
            Function<E, String> value) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(
                    constant,
                    Counter.builder(name)
                            .description(description)
                            .tag(tag, value.apply(constant))
                            .register(meters));
        }
        return new TaggedCounters<>(counters);
    }

    public void increment(E which) {
        add(which, 1);
    }

    public void add(E which, double amount) {
        counter(which).increment(amount);
    }

    public double count(E which) {
        return counter(which).count();
    }

    private Counter counter(E which) {
        return Objects.requireNonNull(counters.get(which));
    }
}
