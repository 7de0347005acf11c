package coldstream.scorer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the share group that holds requests while a slow scorer answers them. A worker has several, so that one
 * fetches while others wait; members may outnumber partitions.
 *
 * <p>Each request is acknowledged when its own answer is out. What takes longer than a third of the broker's lock is renewed,
 * so that nobody else is handed it; Kafka hands a member nothing new while it renews, which bounds what a lane holds to one
 * poll. While the endpoint gives no leave a lane keeps what it has, and the rest waits in the topic, where others can see it.
 *
 * <p>Renewals are committed and waited for before the next poll. A poll with a renewal on the way would fetch records behind
 * the application's back, whose locks end in the client's buffer: each time a delivery that nobody saw.
 */
final class RequestLane extends Loop {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLane.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LOCK_UNTIL_TOLD = Duration.ofSeconds(10);
    private static final int LOCK_PARTS = 3;

    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Supplier<HeldRequests> holdings;
    private final BooleanSupplier mayBegin;

    /**
     * @param topic of the requests
     * @param holdings makes what keeps the requests of one membership
     * @param mayBegin whether the catalogue is read; before that nobody's question is known
     */
    RequestLane(
            int number,
            Supplier<ShareConsumer<byte[], byte[]>> consumers,
            String topic,
            Supplier<HeldRequests> holdings,
            BooleanSupplier mayBegin) {
        super("score-requests-" + number);
        this.consumers = consumers;
        this.topic = topic;
        this.holdings = holdings;
        this.mayBegin = mayBegin;
    }

    @Override
    void run() throws InterruptedException {
        if (!begins(mayBegin)) {
            return;
        }
        HeldRequests held = holdings.get();
        try (ShareConsumer<byte[], byte[]> consumer = consumers.get()) {
            wokenBy(consumer::wakeup);
            consumer.setAcknowledgementCommitCallback((offsets, failure) -> {
                if (failure != null) {
                    LOG.atInfo()
                            .addKeyValue("records", offsets)
                            .addKeyValue("why", failure)
                            .log("acknowledgements failed, others are handed these requests");
                    offsets.forEach((partition, lost) -> held.lost(partition.partition(), lost));
                }
            });
            consumer.subscribe(List.of(topic));
            while (!stopping()) {
                poll(consumer, held);
            }
        } finally {
            wokenBy(null);
            held.abandon();
        }
    }

    private void poll(ShareConsumer<byte[], byte[]> consumer, HeldRequests held) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        if (records.isEmpty()) {
            acknowledge(consumer, held.settle(Duration.ZERO));
            held.tick();
            return;
        }
        Duration lock =
                consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(LOCK_UNTIL_TOLD);
        long renewAt = System.nanoTime() + lock.toNanos() / LOCK_PARTS;
        held.offered(records);
        while (!stopping() && held.isOffered() && System.nanoTime() - renewAt < 0) {
            acknowledge(consumer, held.settle(TICK));
            held.tick();
        }
        List<ConsumerRecord<byte[], byte[]>> unfinished = held.renew();
        if (!stopping() && !unfinished.isEmpty()) {
            unfinished.forEach(record -> consumer.acknowledge(record, AcknowledgeType.RENEW));
            consumer.commitSync(lock);
        }
    }

    private static void acknowledge(ShareConsumer<byte[], byte[]> consumer, Collection<HeldRequests.Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        settled.forEach(one -> consumer.acknowledge(one.record(), one.acknowledgement()));
        consumer.commitAsync();
    }
}
