package coldstream.app.dataset;

import coldstream.domain.Interaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Events in the order they arrive in, given those in the order they happened in; equal arrivals stay in that order. */
final class LateArrivals implements Iterator<Interaction> {

    private record Arrival(Instant at, long place, Interaction event) {}

    private final Iterator<Interaction> happening;
    private final Function<Interaction, Duration> delay;
    private final Queue<Arrival> underway =
            new PriorityQueue<>(Comparator.comparing(Arrival::at).thenComparingLong(Arrival::place));
    private long places;
    private Instant now = Instant.MIN;

    private LateArrivals(Iterator<Interaction> happening, Function<Interaction, Duration> delay) {
        this.happening = happening;
        this.delay = delay;
    }

    static Stream<Interaction> of(Stream<Interaction> happening, Function<Interaction, Duration> delay) {
        var arriving = new LateArrivals(happening.iterator(), delay);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(arriving, Spliterator.ORDERED), false)
                .onClose(happening::close);
    }

    @Override
    public boolean hasNext() {
        return !underway.isEmpty() || happening.hasNext();
    }

    @Override
    public Interaction next() {
        while (happening.hasNext() && overtaken()) {
            Interaction event = happening.next();
            now = event.timestamp();
            underway.add(new Arrival(now.plus(delay.apply(event)), places++, event));
        }
        Arrival first = underway.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        return first.event();
    }

    /** Whether what is still to happen may arrive before the first of those underway. */
    private boolean overtaken() {
        Arrival first = underway.peek();
        return first == null || now.isBefore(first.at());
    }
}
