package coldstream.console;

import coldstream.console.deadletter.LetterIndex;
import coldstream.console.observe.Health.Part;
import coldstream.console.stream.EventStream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the console tells Prometheus: how it finds the others, for an alarm where nobody looks at a page. */
final class ConsoleMetrics implements AutoCloseable {

    private static final List<String> STATES = List.of("ok", "unknown", "late", "down");

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    ConsoleMetrics(MeterRegistry registry, Supplier<List<Part>> parts, EventStream stream, LetterIndex letters) {
        this.registry = registry;
        for (Part part : parts.get()) {
            String name = part.name();
            meters.add(Gauge.builder("coldstream.console.part", () -> state(parts.get(), name))
                    .description("How the console finds a part: 0 ok, 1 unknown, 2 late, 3 down")
                    .tag("part", name)
                    .register(registry));
        }
        meters.add(Gauge.builder("coldstream.console.streams", stream, EventStream::looking)
                .description("Pages that are kept up to date")
                .register(registry));
        meters.add(Gauge.builder("coldstream.console.dead.letters", letters, LetterIndex::seen)
                .description("Dead letters the console has seen, those from before its start included")
                .register(registry));
    }

    private static int state(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .mapToInt(part -> STATES.indexOf(part.state()))
                .findFirst()
                .orElse(1);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
