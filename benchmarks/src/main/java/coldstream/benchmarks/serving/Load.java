package coldstream.benchmarks.serving;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * An open loop: request n is due at n / rate whether or not others have been answered, and its latency counts from when it
 * was due. What a slow answer holds up is so counted as slow too; a loop that waits for answers would leave it out
 * (coordinated omission).
 */
final class Load {

    private static final long MICROSECONDS_A_MINUTE = 60_000_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final IntFunction<HttpRequest> requests;
    private final int rate;

    /** Latencies in microseconds of those answered with 200, and how many were answered otherwise. */
    record Outcome(Histogram latency, Map<String, Integer> others) {

        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** @param rate requests a second */
    Load(IntFunction<HttpRequest> requests, int rate) {
        this.requests = requests;
        this.rate = rate;
    }

    Outcome run(Duration length) throws InterruptedException {
        int count = (int) (rate * length.toMillis() / 1_000);
        Histogram latency = new Histogram(MICROSECONDS_A_MINUTE, 3);
        Map<String, Integer> others = new TreeMap<>();
        CountDownLatch open = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int n = 0; n < count; n++) {
            long due = start + n * TimeUnit.SECONDS.toNanos(1) / rate;
            HttpRequest request = requests.apply(n);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var unused = http.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
                long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
                synchronized (latency) {
                    if (failure == null && answer.statusCode() == 200) {
                        latency.recordValue(Math.min(micros, MICROSECONDS_A_MINUTE));
                    } else {
                        others.merge(name(answer, failure), 1, Integer::sum);
                    }
                }
                open.countDown();
            });
        }
        if (!open.await(60, TimeUnit.SECONDS)) {
            others.put("unanswered", (int) open.getCount());
        }
        return new Outcome(latency, others);
    }

    private static String name(@Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
        if (answer != null) {
            return Integer.toString(answer.statusCode());
        }
        return failure instanceof IOException ? "cut" : String.valueOf(failure);
    }
}
