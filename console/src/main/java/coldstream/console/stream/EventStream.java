package coldstream.console.stream;

import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Sends what changes to everybody who looks, and keeps the last of it for those whose connection broke.
 *
 * <p>Thread-safe; publishing never waits for anybody who looks.
 */
public final class EventStream implements AutoCloseable {

    private static final int KEPT = 512;

    /** Names this process, so that nobody goes on from another one's numbers. */
    private final String run;

    private final Duration heartbeat;
    private final Semaphore places;
    private final Deque<Event> kept = new ArrayDeque<>();
    private final Set<Subscriber> subscribers = new HashSet<>();
    private long last;
    private boolean closed;

    /**
     * @param number from 1
     * @param data one line of JSON
     */
    record Event(long number, String name, String data) {}

    /**
     * @param started when this process was
     * @param most who may look at once
     */
    public EventStream(Instant started, int most, Duration heartbeat) {
        this.run = Long.toString(started.toEpochMilli(), Character.MAX_RADIX);
        this.places = new Semaphore(most);
        this.heartbeat = heartbeat;
    }

    /** Sends an event to everybody. */
    public void publish(String name, Object body) {
        String data = json(body);
        synchronized (this) {
            Event event = new Event(++last, name, data);
            kept.addLast(event);
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
            for (Subscriber subscriber : List.copyOf(subscribers)) {
                if (!subscriber.offer(event)) {
                    subscribers.remove(subscriber); // it does not read, and comes back if somebody still looks
                }
            }
        }
    }

    /** Takes a place among those who look, to be given back by {@link Subscriber#close} or {@link #release}. */
    public boolean reserve() {
        return places.tryAcquire();
    }

    /** Gives back a place nobody took. */
    public void release() {
        places.release();
    }

    /** How many look now. */
    public synchronized int looking() {
        return subscribers.size();
    }

    /**
     * Begins to send to a line, from the event after {@code lastId} if that is still known.
     *
     * @param line to somebody with a place; its end gives the place back
     */
    public void open(Optional<String> lastId, Line line) {
        Subscriber subscriber = new Subscriber(line, heartbeat, this::left, this::id);
        boolean begun = false;
        synchronized (this) {
            if (!closed) {
                Optional<List<Event>> missed = lastId.flatMap(this::after);
                subscriber.offer(new Event(
                        missed.isPresent() ? number(lastId.orElseThrow()) : last,
                        "hello",
                        json(Map.of("time", Instant.now(), "resumed", missed.isPresent()))));
                missed.orElse(List.of()).forEach(subscriber::offer);
                subscribers.add(subscriber);
                begun = true;
            }
        }
        if (begun) {
            subscriber.start();
        } else {
            line.close();
            places.release();
        }
    }

    private synchronized void left(Subscriber subscriber) {
        subscribers.remove(subscriber);
        places.release();
    }

    private String id(Event event) {
        return run + "-" + event.number();
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    /** The events after this one, if none of them is gone. */
    private Optional<List<Event>> after(String id) {
        if (!id.matches("[0-9a-z]{1,13}-[0-9]{1,18}") || !id.startsWith(run + "-")) {
            return Optional.empty();
        }
        long number = number(id);
        long oldest = kept.isEmpty() ? last + 1 : kept.peekFirst().number();
        if (number > last || number + 1 < oldest) {
            return Optional.empty();
        }
        List<Event> missed = new ArrayList<>();
        kept.forEach(event -> {
            if (event.number() > number) {
                missed.add(event);
            }
        });
        return missed.size() < Subscriber.WAITING ? Optional.of(missed) : Optional.empty();
    }

    static String json(Object body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        List<Subscriber> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(subscribers);
        }
        all.forEach(Subscriber::close);
    }
}
