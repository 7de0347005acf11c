package coldstream.scorer;

import coldstream.scorer.Decision.Later;
import coldstream.scorer.Outlet.Decided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the share group with a scorer that waits for nobody, a poll at a time: decide all, send all, store
 * all, then acknowledge each. A scorer that waits is {@link RequestLane}'s.
 *
 * <p>A request is accepted once its scores are in {@code soft-scores.v1} and Redis was tried; handed back when trying again
 * may help; rejected once its dead letter is written. A worker that dies in between leaves requests unacknowledged: another
 * answers them again, with the same question, so answers may repeat but never go missing.
 */
final class RequestLoop extends Loop {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
    private final String topic;
    private final RequestDesk desk;
    private final int deliveries;
    private final Outlet outlet;
    private final BooleanSupplier mayBegin;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    /**
     * @param topic of the requests
     * @param deliveries after which a request is given up
     * @param mayBegin whether the catalogue is read; before that nobody's question is known
     */
    RequestLoop(
            Supplier<ShareConsumer<byte[], byte[]>> consumers,
            String topic,
            RequestDesk desk,
            int deliveries,
            Outlet outlet,
            BooleanSupplier mayBegin) {
        super("score-requests");
        this.consumers = consumers;
        this.topic = topic;
        this.desk = desk;
        this.deliveries = deliveries;
        this.outlet = outlet;
        this.mayBegin = mayBegin;
    }

    @Override
    void run() throws InterruptedException {
        if (!begins(mayBegin)) {
            return;
        }
        try (ShareConsumer<byte[], byte[]> consumer = consumers.get()) {
            wokenBy(consumer::wakeup);
            consumer.subscribe(List.of(topic));
            while (!stopping()) {
                List<ConsumerRecord<byte[], byte[]>> requests = new ArrayList<>();
                consumer.poll(POLL).forEach(requests::add);
                if (!requests.isEmpty()) {
                    answer(consumer, requests);
                }
            }
        } finally {
            wokenBy(null);
        }
    }

    private void answer(ShareConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> requests)
            throws InterruptedException {
        List<Decided> decided = requests.stream()
                .map(request -> new Decided(
                        request,
                        desk.decide(request.value(), request.deliveryCount().orElse((short) 1), deliveries)))
                .toList();
        List<AcknowledgeType> acknowledgements = outlet.publish(decided);
        for (int i = 0; i < requests.size(); i++) {
            consumer.acknowledge(requests.get(i), acknowledgements.get(i));
        }
        backOff(consumer, decided, acknowledgements);
    }

    /** After a poll that came to nothing, waits twice as long as the last time; what was handed back is free meanwhile. */
    private void backOff(
            ShareConsumer<byte[], byte[]> consumer, List<Decided> decided, List<AcknowledgeType> acknowledgements)
            throws InterruptedException {
        if (!acknowledgements.contains(AcknowledgeType.RELEASE) || acknowledgements.contains(AcknowledgeType.ACCEPT)) {
            backoff.succeeded();
            return;
        }
        backoff.failed();
        decided.stream()
                .map(Decided::decision)
                .filter(Later.class::isInstance)
                .map(Later.class::cast)
                .findFirst()
                .ifPresent(first -> LOG.atWarn()
                        .addKeyValue("requests", decided.size())
                        .addKeyValue("pause", backoff.pause())
                        .addKeyValue("why", first.why())
                        .log("score requests handed back"));
        consumer.commitSync();
        pause(backoff.pause());
    }
}
