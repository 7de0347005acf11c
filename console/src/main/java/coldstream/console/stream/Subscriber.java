package coldstream.console.stream;

import coldstream.console.stream.EventStream.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Somebody who looks: a line, and what is still to go out on it. Who does not read is cut off. */
final class Subscriber {

    /** Most events that wait for one who looks. */
    static final int WAITING = 600;

    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Line line;
    private final Duration heartbeat;
    private final Consumer<Subscriber> left;
    private final Function<Event, String> id;
    private final Thread thread = new Thread(this::send, "console-stream");

    Subscriber(Line line, Duration heartbeat, Consumer<Subscriber> left, Function<Event, String> id) {
        this.line = line;
        this.heartbeat = heartbeat;
        this.left = left;
        this.id = id;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether there was room for it. */
    boolean offer(Event event) {
        boolean room = waiting.offer(event);
        if (!room) {
            close();
        }
        return room;
    }

    void close() {
        line.close();
        thread.interrupt();
    }

    private void send() {
        long beat = System.nanoTime();
        String newest = "";
        try {
            while (!line.closed()) {
                long untilBeat = beat + heartbeat.toNanos() - System.nanoTime();
                Event event = waiting.poll(Math.max(0, untilBeat), TimeUnit.NANOSECONDS);
                if (event == null) {
                    line.send("heartbeat", EventStream.json(Map.of("time", Instant.now())), newest);
                    beat = System.nanoTime();
                } else {
                    newest = id.apply(event);
                    line.send(event.name(), event.data(), newest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            line.close();
            left.accept(this);
        }
    }
}
