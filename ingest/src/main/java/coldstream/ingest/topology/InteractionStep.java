package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.Interaction;
import coldstream.domain.LabelRules;
import coldstream.domain.LabelRules.Label;
import coldstream.wire.InteractionReader;
import coldstream.wire.Reading;
import coldstream.wire.Reading.Accepted;
import coldstream.wire.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Decides every raw interaction: refused, misplaced, seen before, or new; what is new goes on by item.
 *
 * <p>A record is misplaced when its key is not its user, or when it lies in another partition than Kafka's own partitioner
 * gives the user, as producers in other languages do. All events of a user in one partition is what dedupe and order rest on.
 */
final class InteractionStep implements Processor<byte[], byte[], byte[], Step> {

    static final String LEDGER = "ledger-interactions";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final TopologyConfig config;
    private final InteractionReader reader;
    private final Watcher watcher;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], Step> context;

    @SuppressWarnings("NullAway.Init")
    private SeenEvents seen;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    InteractionStep(TopologyConfig config, Clock clock, Watcher watcher) {
        this.config = config;
        this.reader = new InteractionReader(config.rules(), clock);
        this.watcher = watcher;
    }

    @Override
    public void init(ProcessorContext<byte[], Step> context) {
        this.context = context;
        this.seen = new SeenEvents(context.getStateStore(SeenEvents.STORE), config.dedupeWindow());
        this.ledger = new Ledger(context.getStateStore(LEDGER));
        context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, now -> seen.open());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ledger.add(Account.READ);
        Reading<Interaction> reading = reader.read(record.headers(), record.value());
        if (reading instanceof Accepted<Interaction> accepted) {
            wellFormed(record, accepted.value());
        } else {
            reading.match(value -> false, refusal -> refuse(record, refusal));
        }
    }

    private boolean refuse(Record<byte[], byte[]> record, Refusal refusal) {
        ledger.add(Account.REJECTED);
        ledger.add(Account.REJECTED + "." + refusal.reason().tag());
        watcher.decided("rejected");
        watcher.died(refusal.reason().tag());
        context.forward(DeadLetters.of(origin(record), record.headers(), record.timestamp(), refusal));
        return true;
    }

    private void wellFormed(Record<byte[], byte[]> record, Interaction interaction) {
        byte[] user = interaction.user().value().getBytes(UTF_8);
        if (misplaced(record.key(), user)) {
            ledger.add(Account.REKEYED);
            watcher.decided("rekeyed");
            Headers headers = IngestTime.put(record.headers(), record.timestamp());
            context.forward(new Record<>(user, new Step.Misplaced(record.value()), record.timestamp(), headers));
            return;
        }
        if (!seen.add(interaction.source(), interaction.eventId(), record.timestamp())) {
            ledger.add(Account.DUPLICATES);
            watcher.decided("duplicate");
            return;
        }
        Origin origin = origin(record);
        byte[] item = interaction.item().value().getBytes(UTF_8);
        Step arrived = new Step.Arrived(event(interaction, origin.offset()), origin);
        context.forward(new Record<>(item, arrived, record.timestamp(), record.headers()));
    }

    private boolean misplaced(byte @Nullable [] key, byte[] user) {
        return !Arrays.equals(key, user)
                || BuiltInPartitioner.partitionForKey(user, config.interactionPartitions())
                        != metadata().partition();
    }

    private Event event(Interaction interaction, long offset) {
        LabelRules labels = config.rules().labels();
        boolean impression = labels.isImpression(interaction);
        Label label = impression ? new Label(0, OptionalDouble.empty()) : labels.label(interaction);
        return new Event(
                interaction.source() + "|" + interaction.eventId(),
                interaction.user(),
                interaction.item(),
                impression,
                label.value(),
                label.strength(),
                impression && interaction.impressionId().isEmpty()
                        ? Optional.of(interaction.eventId())
                        : interaction.impressionId(),
                new Moment(interaction.timestamp().toEpochMilli(), offset));
    }

    private Origin origin(Record<byte[], byte[]> record) {
        RecordMetadata metadata = metadata();
        return new Origin(metadata.topic(), metadata.partition(), metadata.offset(), record.key(), record.value());
    }

    private RecordMetadata metadata() {
        return context.recordMetadata().orElseThrow();
    }
}
