package coldstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import coldstream.model.Explanation;
import coldstream.model.Likeness;
import coldstream.serving.CurrentVersion.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CurrentVersionTest {

    private final CurrentVersion current = new CurrentVersion();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void thereIsNoLeaseBeforeTheFirstVersion() {
        assertThat(current.lease()).isEmpty();
    }

    @Test
    void aRequestEndsOnTheVersionItBeganWithAndThatClosesAfterwards() {
        current.swap(version("1"));
        Lease running = current.lease().orElseThrow();

        current.swap(version("2"));

        assertThat(running.version().version()).isEqualTo("1");
        assertThat(current.lease().orElseThrow().version().version()).isEqualTo("2");
        assertThat(closed).hasValue(0);
        running.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void aRetiredVersionNobodyUsesClosesAtOnce() {
        current.swap(version("1"));
        current.swap(version("2"));
        assertThat(closed).hasValue(1);

        current.close();

        assertThat(closed).hasValue(2);
        assertThat(current.lease()).isEmpty();
    }

    @Test
    void noRequestEverUsesAClosedModelHoweverOftenItIsSwapped() throws Exception {
        int swaps = 2_000;
        var done = new AtomicBoolean();
        var started = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        current.swap(version("0"));
        List<Future<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            requests.add(threads.submit(() -> {
                int answered = 0;
                while (!done.get()) {
                    try (Lease lease = current.lease().orElseThrow()) {
                        lease.version().model().scoreAll(UserContext.unknown(new UserId("u")));
                        answered++;
                    }
                    started.countDown();
                }
                return answered;
            }));
        }
        assertThat(started.await(4, TimeUnit.MINUTES)).isTrue();

        for (int i = 1; i <= swaps; i++) {
            current.swap(version(Integer.toString(i)));
        }
        done.set(true);

        for (Future<Integer> request : requests) {
            assertThat(request.get(4, TimeUnit.MINUTES)).isPositive(); // a use after close throws
        }
        threads.shutdown();
        current.close();
        assertThat(closed).hasValue(swaps + 1);
    }

    private LoadedVersion version(String version) {
        return new LoadedVersion(version, version, RecommenderTest.manifest(), new Fragile());
    }

    /** Throws when it is used after it was closed. */
    private final class Fragile implements RankingModel {

        private final AtomicBoolean gone = new AtomicBoolean();

        @Override
        public float[] score(UserContext user, List<ItemId> items) {
            return scoreAll(user);
        }

        @Override
        public float[] scoreAll(UserContext user) {
            if (gone.get()) {
                throw new IllegalStateException("used after close");
            }
            return new float[0];
        }

        @Override
        public Explanation explain(UserContext user, ItemId item) {
            return new Explanation(false, 0, 0, List.of(), List.of());
        }

        @Override
        public Optional<float[]> likeness(ItemId item, Likeness by) {
            return Optional.empty();
        }

        @Override
        public List<CatalogueItem> catalogue() {
            return List.of();
        }

        @Override
        public Set<ItemId> taken(UserId user) {
            return Set.of();
        }

        @Override
        public void close() {
            assertThat(gone.getAndSet(true)).isFalse();
            closed.incrementAndGet();
        }
    }
}
