package coldstream.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import coldstream.model.Explanation;
import coldstream.model.Likeness;
import coldstream.testkit.Await;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be answered in time is refused, and what was begun is ended. */
class BackPressureTest {

    private final CountDownLatch open = new CountDownLatch(1);
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final Path folder;

    BackPressureTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        open.countDown();
        clients.shutdownNow();
    }

    /** Ranks nothing before the latch is open. */
    private final class Waiting implements RankingModel {

        @Override
        public float[] score(UserContext user, List<ItemId> items) {
            return new float[items.size()];
        }

        @Override
        public float[] scoreAll(UserContext user) {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new float[1];
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
            return List.of(new CatalogueItem(new ItemId("a"), "A", List.of(), 1));
        }

        @Override
        public Set<ItemId> taken(UserId user) {
            return Set.of();
        }

        @Override
        public void close() {}
    }

    private RunningServing serving(StubRegistry registry, String timeout) {
        registry.add("1", new FakeModel.Table(Map.of(), Map.of(), Map.of()));
        registry.champion("1");
        return RunningServing.start(
                        folder.resolve("data"),
                        registry.url(),
                        Map.of(
                                "serving.max-running", "1",
                                "serving.max-waiting", "1",
                                "serving.timeout", timeout),
                        snapshot -> new Waiting())
                .await("1");
    }

    private Future<HttpResponse<String>> ask(RunningServing serving) {
        return clients.submit(() -> serving.get("/v1/recommendations?user=ann"));
    }

    private static void awaitMetric(RunningServing serving, String line) {
        Await.until(line, () -> serving.get("/metrics").body().contains(line));
    }

    @Test
    void oneRunsOneWaitsAndTheNextIsRefusedAtOnce() throws Exception {
        try (var registry = new StubRegistry(folder.resolve("registry"));
                var serving = serving(registry, "60s")) {
            var running = ask(serving);
            awaitMetric(serving, "coldstream_serving_running 1.0");
            var waiting = ask(serving);
            awaitMetric(serving, "coldstream_serving_waiting 1.0");

            HttpResponse<String> refused = serving.get("/v1/recommendations?user=ann");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).contains("at most 1 requests run and 1 wait");
            HttpResponse<String> inference = serving.post("/v2/models/ctr/infer", "{}");
            assertThat(inference.statusCode()).isEqualTo(429);
            assertThat(inference.body()).isEqualTo("{\"error\":\"at most 1 requests run and 1 wait\"}");
            assertThat(serving.get("/health/ready").statusCode()).isEqualTo(200);
            open.countDown();
            assertThat(running.get(4, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
            assertThat(waiting.get(4, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
            awaitMetric(serving, "outcome=\"busy\",route=\"recommendations\"} 1");
        }
    }

    @Test
    void whoWaitsTooLongIsToldToComeBack() throws Exception {
        try (var registry = new StubRegistry(folder.resolve("registry"));
                var serving = serving(registry, "50ms")) {
            var running = ask(serving);
            awaitMetric(serving, "coldstream_serving_running 1.0");

            HttpResponse<String> late = serving.get("/v1/recommendations?user=ann");

            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).contains("1");
            assertThat(late.body()).contains("a request must be answered within 50 ms");
            open.countDown();
            assertThat(running.get(4, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        }
    }

    /** As many as may run have sent the head of their request and no body. */
    @Test
    void whoSendsSlowlyTakesNobodysPlace() throws Exception {
        try (var registry = new StubRegistry(folder.resolve("registry"));
                var serving = serving(registry, "500ms");
                var slow = new Socket(
                        InetAddress.getLoopbackAddress(), serving.service().port())) {
            String head = "POST /v2/models/ctr/infer HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{";
            slow.getOutputStream().write(head.getBytes(US_ASCII));

            for (int ask = 0; ask < 50; ask++) {
                assertThat(serving.get("/v1/explain?user=ann&item=a").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void readinessGoesDownFirstAndWhatWasBegunIsEnded() throws Exception {
        try (var registry = new StubRegistry(folder.resolve("registry"));
                var serving = serving(registry, "60s")) {
            var running = ask(serving);
            awaitMetric(serving, "coldstream_serving_running 1.0");

            serving.service().drain();

            assertThat(serving.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(serving.get("/v2/health/ready").statusCode()).isEqualTo(400);
            assertThat(serving.get("/health/live").statusCode()).isEqualTo(200);
            var late = ask(serving);
            awaitMetric(serving, "coldstream_serving_waiting 1.0");
            Future<?> stopped = clients.submit(serving.service()::close);
            open.countDown();
            assertThat(running.get(4, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
            assertThat(late.get(4, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
            stopped.get(4, TimeUnit.MINUTES);
        }
    }
}
