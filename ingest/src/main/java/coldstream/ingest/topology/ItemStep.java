package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.PopularityTail;
import coldstream.ingest.topology.Step.Announced;
import coldstream.ingest.topology.Step.Arrived;
import coldstream.ingest.topology.Step.ByItem;
import coldstream.ingest.topology.Step.Observed;
import coldstream.ingest.topology.TopologyConfig.UnknownItems;
import coldstream.service.Durations;
import coldstream.wire.Refusal;
import coldstream.wire.Refusal.Reason;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Attaches to every event what was known of its item strictly before it, then counts it if it is a positive. */
final class ItemStep implements Processor<byte[], ByItem, byte[], Step> {

    static final String ITEMS = "items";
    static final String LEDGER = "ledger-by-item";

    private static final Duration PATROL = Duration.ofSeconds(1);

    private final TopologyConfig config;
    private final Watcher watcher;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], Step> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, ItemState> items;

    @SuppressWarnings("NullAway.Init")
    private WaitingEvents waiting;

    @SuppressWarnings("NullAway.Init")
    private TailThresholds thresholds;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    private long announcedUpTo; // ingest time of the latest item announced
    private long announcedAtMillis; // and when that was, by the wall clock

    ItemStep(TopologyConfig config, Watcher watcher) {
        this.config = config;
        this.watcher = watcher;
    }

    static StoreBuilder<KeyValueStore<String, ItemState>> itemStore() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(ITEMS), Serdes.String(), ItemState.serde())
                .withCachingEnabled();
    }

    @Override
    public void init(ProcessorContext<byte[], Step> context) {
        this.context = context;
        this.items = context.getStateStore(ITEMS);
        this.waiting = new WaitingEvents(context.getStateStore(WaitingEvents.STORE));
        this.thresholds = new TailThresholds(
                context.getStateStore(TailThresholds.CELLS),
                context.getStateStore(TailThresholds.THRESHOLDS),
                config.lateness(),
                config.tailShare(),
                config.requestShare());
        this.ledger = new Ledger(context.getStateStore(LEDGER));
        context.schedule(PATROL, PunctuationType.WALL_CLOCK_TIME, this::giveUpWaiting);
    }

    @Override
    public void process(Record<byte[], ByItem> record) {
        if (record.value() instanceof Announced announced) {
            announcedUpTo = record.timestamp();
            announcedAtMillis = context.currentSystemTimeMs();
            announce(announced);
        } else if (record.value() instanceof Arrived arrived) {
            arrive(record.withValue(arrived));
        }
    }

    private void announce(Announced announced) {
        ItemState item = find(announced.item().value());
        if (!item.known()) {
            item.announce();
            items.put(announced.item().value(), item);
            for (Record<byte[], Arrived> record : waiting.takeOf(announced.item())) {
                ledger.add(Account.UNPARKED);
                accept(record, item);
            }
        }
    }

    private void arrive(Record<byte[], Arrived> record) {
        ItemState item = find(record.value().event().item().value());
        if (item.known()) {
            accept(record, item);
        } else if (config.unknownItems() == UnknownItems.ACCEPT) {
            ledger.add(Account.UNKNOWN_ITEM);
            accept(record, item);
        } else if (waiting.add(record, context.currentSystemTimeMs())) {
            ledger.add(Account.PARKED);
        } else {
            refuse(record);
        }
    }

    /**
     * An event waits for the grace, and on while items that reached Kafka before it are still being worked off: after a
     * long stop, or at a first start, the catalogue may come later than its events.
     */
    private void giveUpWaiting(long nowMillis) {
        long grace = config.unknownItemGrace().toMillis();
        long catalogue = nowMillis - announcedAtMillis < grace ? announcedUpTo : Long.MAX_VALUE;
        for (Record<byte[], Arrived> record : waiting.takeOlderThan(nowMillis - grace, catalogue)) {
            ledger.add(Account.UNPARKED);
            refuse(record);
        }
    }

    private void refuse(Record<byte[], Arrived> record) {
        Reason reason = Reason.UNKNOWN_ITEM;
        ledger.add(Account.REJECTED);
        ledger.add(Account.REJECTED + "." + reason.tag());
        watcher.decided("rejected");
        watcher.died(reason.tag());
        String message = "item_id must name an item announced within %s, got %s"
                .formatted(
                        Durations.format(config.unknownItemGrace()),
                        record.value().event().item());
        context.forward(DeadLetters.of(
                record.value().origin(), record.headers(), record.timestamp(), new Refusal(reason, message)));
    }

    private void accept(Record<byte[], Arrived> record, ItemState item) {
        ledger.add(Account.ACCEPTED);
        watcher.decided("accepted");
        Event event = record.value().event();
        long time = event.moment().time();
        long count = item.countAt(time);
        PopularityTail tail = thresholds.at(time).tail();
        context.forward(new Record<>(
                event.user().value().getBytes(UTF_8),
                new Observed(event, count, tail.holds(count), tail.needsScores(count)),
                record.timestamp(),
                new RecordHeaders()));
        if (event.positive()) {
            thresholds.take(item.count(), time);
            item.take(time);
            items.put(event.item().value(), item);
            watcher.taken(event.item(), item.count());
        }
    }

    private ItemState find(String item) {
        ItemState state = items.get(item);
        return state == null ? new ItemState() : state;
    }
}
