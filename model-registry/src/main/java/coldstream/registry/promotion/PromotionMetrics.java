package coldstream.registry.promotion;

import coldstream.domain.RegistryEvent.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What was decided, and whether the rules may decide; alert on any rolled_back, and on frozen for long. */
public final class PromotionMetrics implements Consumer<Kind> {

    private static final List<Kind> DECISIONS = List.of(
            Kind.PROMOTED,
            Kind.KEPT,
            Kind.CANARY_STARTED,
            Kind.PENDING,
            Kind.ROLLED_BACK,
            Kind.DELTAS_HELD,
            Kind.FROZEN,
            Kind.THAWED);

    private final MeterRegistry meters;
    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);

    public PromotionMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (Kind kind : DECISIONS) {
            counters.put(
                    kind,
                    Counter.builder("coldstream.registry.decisions")
                            .description("Decisions about which version serves")
                            .tag("decision", kind.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    @Override
    public void accept(Kind kind) {
        Counter counter = counters.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    /** @param frozen models whose promotion by the rules is frozen */
    public void watch(Supplier<Number> frozen) {
        Gauge.builder("coldstream.registry.frozen.models", frozen)
                .description("Models whose promotion by the rules is frozen")
                .register(meters);
    }
}
