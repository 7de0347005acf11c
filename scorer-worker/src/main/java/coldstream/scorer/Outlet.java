package coldstream.scorer;

import coldstream.domain.ScoreStore;
import coldstream.domain.SoftScores;
import coldstream.domain.StoreUnavailableException;
import coldstream.scorer.Decision.Answer;
import coldstream.scorer.Decision.Dead;
import coldstream.scorer.Decision.Dropped;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets decisions out: scores to their topic and to Redis, dead letters to theirs, many in one go. */
final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    /** A request and what was decided. */
    record Decided(ConsumerRecord<byte[], byte[]> record, Decision decision) {}

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final ScoreStore store;
    private final ScorerMetrics metrics;
    private volatile boolean storeAway;

    Outlet(Producer<byte[], byte[]> producer, Topics topics, ScoreStore store, ScorerMetrics metrics) {
        this.producer = producer;
        this.topics = topics;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * Sends and stores all of it, and counts what arrived.
     *
     * @return how to acknowledge each; {@link AcknowledgeType#RELEASE} also where Kafka did not take what must arrive first
     */
    List<AcknowledgeType> publish(List<Decided> all) {
        List<@Nullable Sent> sent = new ArrayList<>(all.size());
        List<SoftScores> answers = new ArrayList<>(all.size());
        for (Decided one : all) {
            sent.add(send(one));
            if (one.decision() instanceof Answer answer) {
                answers.add(answer.scores());
            }
        }
        store(answers);
        producer.flush();
        List<AcknowledgeType> acknowledgements = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            Sent one = sent.get(i);
            acknowledgements.add(acknowledgement(all.get(i).decision(), one != null && one.arrived()));
        }
        return acknowledgements;
    }

    private AcknowledgeType acknowledgement(Decision decision, boolean arrived) {
        if (decision instanceof Dropped dropped) {
            metrics.dropped(dropped.why());
            return AcknowledgeType.ACCEPT;
        }
        if (!arrived) {
            return AcknowledgeType.RELEASE;
        }
        if (decision instanceof Dead dead) {
            metrics.dead(dead.refusal().reason());
            return AcknowledgeType.REJECT;
        }
        return AcknowledgeType.ACCEPT;
    }

    private @Nullable Sent send(Decided one) {
        if (one.decision() instanceof Answer answer) {
            SoftScores scores = answer.scores();
            return Sent.by(
                    producer,
                    new ProducerRecord<>(
                            topics.softScores(),
                            scores.user().value().getBytes(StandardCharsets.UTF_8),
                            Json.write(scores)));
        }
        if (one.decision() instanceof Dead dead) {
            LOG.atWarn()
                    .addKeyValue("partition", one.record().partition())
                    .addKeyValue("offset", one.record().offset())
                    .addKeyValue("why", dead.refusal().message())
                    .log("score request refused");
            return Sent.by(producer, DeadLetters.of(one.record(), dead.refusal()));
        }
        return null;
    }

    private void store(List<SoftScores> answers) {
        if (answers.isEmpty()) {
            return;
        }
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
}
