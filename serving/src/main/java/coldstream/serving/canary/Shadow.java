package coldstream.serving.canary;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.serving.CurrentVersion;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.LoadedVersion;
import coldstream.serving.Recommender;
import coldstream.serving.Recommender.Ranked;
import coldstream.serving.Recommender.Ranking;
import coldstream.serving.Wish;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the challenger, after the answer has been made, what it would have answered, and counts by how much it differs. One
 * thread with a bounded queue: where that is full, the question is dropped and counted. Nobody waits for it.
 */
public final class Shadow implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);

    private final CurrentVersion challenger;
    private final double share;
    private final ThreadPoolExecutor thread;
    private final LongAdder asked = new LongAdder();
    private final Counter compared;
    private final Counter dropped;
    private final Counter failed;
    private final DistributionSummary overlap;
    private final DistributionSummary difference;

    /**
     * @param share of the answers that are compared, in [0, 1]
     * @param capacity questions that may wait
     */
    public Shadow(CurrentVersion challenger, double share, int capacity, MeterRegistry meters) {
        this.challenger = challenger;
        this.share = share;
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(capacity), work -> {
            Thread one = new Thread(work, "shadow");
            one.setDaemon(true);
            return one;
        });
        compared = count(meters, "compared");
        dropped = count(meters, "dropped");
        failed = count(meters, "failed");
        overlap = DistributionSummary.builder("coldstream.serving.shadow.overlap")
                .description("Share of the recommended items that the challenger would have recommended too")
                .register(meters);
        difference = DistributionSummary.builder("coldstream.serving.shadow.difference")
                .description("Mean distance between the challenger's and the answer's logits of the recommended items")
                .publishPercentileHistogram()
                .minimumExpectedValue(0.001)
                .maximumExpectedValue(100.0)
                .register(meters);
    }

    private static Counter count(MeterRegistry meters, String outcome) {
        return Counter.builder("coldstream.serving.shadow")
                .description("Answers by whether the challenger's was compared with them")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Notes an answer; returns at once. */
    public void answered(UserContext user, Wish wish, Ranking answer) {
        if (share == 0 || answer.items().isEmpty() || challenger.peek().isEmpty() || !drawn()) {
            return;
        }
        try {
            thread.execute(() -> compare(user, wish, answer));
        } catch (RejectedExecutionException e) {
            dropped.increment();
        }
    }

    /** Evenly: of every n answers, share n. */
    private boolean drawn() {
        asked.increment();
        long n = asked.sum();
        return (long) (n * share) != (long) ((n - 1) * share);
    }

    private void compare(UserContext user, Wish wish, Ranking answer) {
        Optional<Lease> lease = challenger.lease();
        if (lease.isEmpty()) {
            return;
        }
        try (Lease held = lease.get()) {
            LoadedVersion version = held.version();
            List<ItemId> items =
                    answer.items().stream().map(ranked -> ranked.item().item()).toList();
            float[] scores = version.model().score(user, items);
            double sum = 0;
            for (int k = 0; k < scores.length; k++) {
                sum += Math.abs(scores[k] - answer.items().get(k).score());
            }
            Set<ItemId> same = new HashSet<>(items);
            same.retainAll(Recommender.rank(version, user, wish).items().stream()
                    .map(Ranked::item)
                    .map(item -> item.item())
                    .toList());
            difference.record(sum / scores.length);
            overlap.record((double) same.size() / items.size());
            compared.increment();
        } catch (RuntimeException e) {
            failed.increment();
            LOG.atDebug().setCause(e).log("the challenger failed");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
