package coldstream.app.demo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;

/** Reads the counters that the parts keep in this process. */
record Counters(MeterRegistry meters) {

    /** The sum over all counters of this name with this tag. */
    long sum(String name, String tag, String value) {
        return sum(meters.find(name).tag(tag, value));
    }

    /** The sum over all counters of this name. */
    long sum(String name) {
        return sum(meters.find(name));
    }

    /** As {@link #sum(String)}, with what comes after the point. */
    double amount(String name) {
        return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }

    private static long sum(Search search) {
        return (long) search.counters().stream().mapToDouble(Counter::count).sum();
    }
}
