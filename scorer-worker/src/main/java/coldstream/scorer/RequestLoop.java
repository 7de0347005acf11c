package coldstream.scorer;

import coldstream.domain.ScoreStore;
import coldstream.domain.SoftScores;
import coldstream.domain.StoreUnavailableException;
import coldstream.scorer.Decision.Answer;
import coldstream.scorer.Decision.Dead;
import coldstream.scorer.Decision.Later;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the share group, a poll at a time: decide all, send all, store all, then acknowledge each.
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

    /** A request, what was decided, and the record that must arrive before it counts. */
    private record Handled(
            ConsumerRecord<byte[], byte[]> request,
            Decision decision,
            @Nullable Sent sent) {

        AcknowledgeType acknowledgement() {
            if (sent == null || !sent.arrived()) {
                return AcknowledgeType.RELEASE;
            }
            return decision instanceof Answer ? AcknowledgeType.ACCEPT : AcknowledgeType.REJECT;
        }
    }

    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Desks desks;
    private final ScoreStore store;
    private final ScorerMetrics metrics;
    private final BooleanSupplier mayBegin;
    private final AtomicReference<@Nullable ShareConsumer<byte[], byte[]>> running = new AtomicReference<>();
    private Duration pause = Duration.ZERO;
    private boolean storeAway;

    RequestLoop(
            Supplier<ShareConsumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Topics topics,
            Desks desks,
            ScoreStore store,
            ScorerMetrics metrics,
            BooleanSupplier mayBegin) {
        super("score-requests");
        this.consumers = consumers;
        this.producer = producer;
        this.topics = topics;
        this.desks = desks;
        this.store = store;
        this.metrics = metrics;
        this.mayBegin = mayBegin;
    }

    @Override
    void run() throws InterruptedException {
        while (!mayBegin.getAsBoolean()) {
            if (stopping()) {
                return;
            }
            pause(FIRST_PAUSE);
        }
        try (ShareConsumer<byte[], byte[]> consumer = consumers.get()) {
            running.set(consumer);
            consumer.subscribe(List.of(topics.scoreRequests()));
            while (!stopping()) {
                List<ConsumerRecord<byte[], byte[]>> requests = new ArrayList<>();
                consumer.poll(POLL).forEach(requests::add);
                if (!requests.isEmpty()) {
                    answer(consumer, requests);
                }
            }
        } finally {
            running.set(null);
        }
    }

    private void answer(ShareConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> requests)
            throws InterruptedException {
        List<Decision> decisions = desks.decide(requests);
        List<Handled> handled = new ArrayList<>(requests.size());
        List<SoftScores> answers = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            Decision decision = decisions.get(i);
            handled.add(new Handled(requests.get(i), decision, send(requests.get(i), decision)));
            if (decision instanceof Answer answer) {
                answers.add(answer.scores());
            }
        }
        store(answers);
        producer.flush();
        for (Handled one : handled) {
            consumer.acknowledge(one.request(), one.acknowledgement());
            if (one.decision() instanceof Dead dead && one.acknowledgement() == AcknowledgeType.REJECT) {
                metrics.dead(dead.refusal().reason());
            }
        }
        backOff(consumer, handled);
    }

    private @Nullable Sent send(ConsumerRecord<byte[], byte[]> request, Decision decision) {
        if (decision instanceof Answer answer) {
            SoftScores scores = answer.scores();
            return Sent.by(
                    producer,
                    new ProducerRecord<>(
                            topics.softScores(),
                            scores.user().value().getBytes(StandardCharsets.UTF_8),
                            Json.write(scores)));
        }
        if (decision instanceof Dead dead) {
            LOG.atWarn()
                    .addKeyValue("partition", request.partition())
                    .addKeyValue("offset", request.offset())
                    .addKeyValue("why", dead.refusal().message())
                    .log("score request refused");
            return Sent.by(producer, DeadLetters.of(request, dead.refusal()));
        }
        return null;
    }

    private void store(List<SoftScores> answers) {
        long scores =
                answers.stream().mapToLong(answer -> answer.scores().size()).sum();
        try {
            store.putAll(answers);
            metrics.stored(scores);
            storeAway = false;
        } catch (StoreUnavailableException e) {
            metrics.notStored(scores);
            if (!storeAway) {
                LOG.atWarn().addKeyValue("why", e.getMessage()).log("scores are published but not stored");
            }
            storeAway = true;
        }
    }

    /** After a poll that came to nothing, waits twice as long as the last time; what was handed back is free meanwhile. */
    private void backOff(ShareConsumer<byte[], byte[]> consumer, List<Handled> handled) throws InterruptedException {
        boolean later = handled.stream().anyMatch(one -> one.acknowledgement() == AcknowledgeType.RELEASE);
        boolean progress = handled.stream().anyMatch(one -> one.acknowledgement() == AcknowledgeType.ACCEPT);
        if (!later || progress) {
            pause = Duration.ZERO;
            return;
        }
        pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        handled.stream()
                .map(Handled::decision)
                .filter(Later.class::isInstance)
                .map(Later.class::cast)
                .findFirst()
                .ifPresent(first -> LOG.atWarn()
                        .addKeyValue("requests", handled.size())
                        .addKeyValue("pause", pause)
                        .addKeyValue("why", first.why())
                        .log("score requests handed back"));
        consumer.commitSync();
        pause(pause);
    }

    @Override
    void wake() {
        ShareConsumer<byte[], byte[]> consumer = running.get();
        if (consumer != null) {
            consumer.wakeup();
        }
    }
}
