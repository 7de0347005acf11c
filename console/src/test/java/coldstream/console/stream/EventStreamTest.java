package coldstream.console.stream;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final EventStream stream = new EventStream(NOON, 2, Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        stream.close();
    }

    /** Keeps what went out; may be made to hang as a client that does not read. */
    private static final class Kept implements Line {

        private final List<String> names = new CopyOnWriteArrayList<>();
        private final List<String> data = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final CountDownLatch free;
        private volatile boolean closed;

        Kept(boolean reads) {
            free = new CountDownLatch(reads ? 0 : 1);
        }

        @Override
        public void send(String name, String text, String id) {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            ids.add(id);
            data.add(text);
            names.add(name);
        }

        @Override
        public boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Kept look(Optional<String> lastId) {
        Kept line = new Kept(true);
        assertThat(stream.reserve()).isTrue();
        stream.open(lastId, line);
        return line;
    }

    private void publish(String name) {
        stream.publish(name, Map.of("name", name));
    }

    @Test
    void whoLooksGetsWhatIsPublishedFromThenOnInOrder() {
        publish("before");
        Kept line = look(Optional.empty());
        publish("one");
        publish("two");

        Await.until("all are out", () -> line.names.size() == 3);
        assertThat(line.names).containsExactly("hello", "one", "two");
        assertThat(line.data.get(0)).contains("\"resumed\":false");
        assertThat(line.data.get(1)).isEqualTo("{\"name\":\"one\"}");
    }

    @Test
    void whoComesBackGetsWhatItMissedAndNothingTwice() {
        Kept first = look(Optional.empty());
        publish("one");
        Await.until("it is out", () -> first.names.size() == 2);
        String last = first.ids.get(1);
        publish("two");
        publish("three");

        Kept again = look(Optional.of(last));
        publish("four");

        Await.until("all are out", () -> again.names.size() == 4);
        assertThat(again.names).containsExactly("hello", "two", "three", "four");
        assertThat(again.data.get(0)).contains("\"resumed\":true");
    }

    @Test
    void theHelloOfOneWhoCameBackLosesNothingIfTheLineBreaksRightAfterIt() {
        publish("one");
        Kept first = look(Optional.empty());
        Await.until("hello is out", () -> first.ids.size() == 1);
        publish("two");

        Kept again = look(Optional.of(first.ids.get(0)));

        Await.until("all are out", () -> again.names.size() == 2);
        assertThat(again.names).containsExactly("hello", "two");
    }

    @Test
    void whatIsGoneAndWhatAnotherProcessSentCannotBeGoneOnFrom() {
        Kept first = look(Optional.empty());
        Await.until("hello is out", () -> first.ids.size() == 1);
        String old = first.ids.get(0);
        first.close();
        for (int event = 0; event < 600; event++) {
            publish("event");
        }
        for (String id : List.of(old, "zzz-1", "nonsense", "-1", old + "9999")) {
            Kept line = look(Optional.of(id));
            Await.until("hello is out", () -> !line.data.isEmpty());
            assertThat(line.data.get(0)).as(id).contains("\"resumed\":false");
            line.close();
            publish("so that it is seen to be closed");
            Await.until("its place is free", () -> stream.looking() == 0);
        }
    }

    @Test
    void whoDoesNotReadIsCutOffAndHoldsNobodyElseUp() {
        Kept stuck = new Kept(false);
        assertThat(stream.reserve()).isTrue();
        stream.open(Optional.empty(), stuck);
        Kept reads = look(Optional.empty());

        for (int event = 0; event < 2 * Subscriber.WAITING; event++) {
            publish("event");
            int sent = event + 2;
            Await.until("the other one has it", () -> reads.names.size() == sent);
        }

        assertThat(stuck.closed()).isTrue();
        assertThat(reads.closed()).isFalse();
        Await.until("its place is free again", stream::reserve);
    }

    @Test
    void thereAreOnlySoManyPlaces() {
        assertThat(stream.reserve()).isTrue();
        assertThat(stream.reserve()).isTrue();
        assertThat(stream.reserve()).isFalse();

        stream.release();
        assertThat(stream.reserve()).isTrue();
    }

    @Test
    void whileNothingHappensItsHeartBeats() {
        try (EventStream lively = new EventStream(NOON, 1, Duration.ofMillis(20))) {
            Kept line = new Kept(true);
            assertThat(lively.reserve()).isTrue();
            lively.open(Optional.empty(), line);

            Await.until("it beats", () -> line.names.contains("heartbeat"));
            assertThat(line.ids.get(line.names.indexOf("heartbeat"))).isEqualTo(line.ids.get(0));
        }
    }
}
