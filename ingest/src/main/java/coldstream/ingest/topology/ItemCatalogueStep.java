package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.Item;
import coldstream.wire.ItemReader;
import coldstream.wire.Reading;
import coldstream.wire.Reading.Accepted;
import coldstream.wire.Refusal;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Decides every raw item: retired, refused, or described; what is described is announced to the step by item. */
final class ItemCatalogueStep implements Processor<byte[], byte[], byte[], Step> {

    static final String LEDGER = "ledger-items";

    private final Watcher watcher;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], Step> context;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    ItemCatalogueStep(Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public void init(ProcessorContext<byte[], Step> context) {
        this.context = context;
        this.ledger = new Ledger(context.getStateStore(LEDGER));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ledger.add(Account.ITEMS_READ);
        if (record.value() == null && record.key() != null) {
            ledger.add(Account.ITEMS_RETIRED); // its past events still count, so nothing to do here
            return;
        }
        Reading<Item> reading = ItemReader.read(record.headers(), record.value());
        if (reading instanceof Accepted<Item> accepted) {
            ledger.add(Account.ITEMS_ACCEPTED);
            Item item = accepted.value();
            context.forward(new Record<>(
                    item.item().value().getBytes(UTF_8),
                    new Step.Announced(item.item()),
                    record.timestamp(),
                    new RecordHeaders()));
        } else {
            reading.match(value -> false, refusal -> refuse(record, refusal));
        }
    }

    private boolean refuse(Record<byte[], byte[]> record, Refusal refusal) {
        ledger.add(Account.ITEMS_REJECTED);
        watcher.died(refusal.reason().tag());
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Origin origin =
                new Origin(metadata.topic(), metadata.partition(), metadata.offset(), record.key(), record.value());
        context.forward(DeadLetters.of(origin, record.headers(), record.timestamp(), refusal));
        return true;
    }
}
