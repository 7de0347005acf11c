package coldstream.ingest.topology;

import static org.apache.kafka.common.serialization.Serdes.ByteArray;

import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.ingest.topology.Step.Asked;
import coldstream.ingest.topology.Step.ByItem;
import coldstream.ingest.topology.Step.Dead;
import coldstream.ingest.topology.Step.Labelled;
import coldstream.ingest.topology.Step.Misplaced;
import coldstream.ingest.topology.Step.Observed;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.time.Clock;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Raw interactions and items in; samples, score requests and dead letters out.
 *
 * <pre>
 * interactions ─ decide ─┬─ dead letters
 *      ▲                 ├─ misplaced ─▶ interactions
 *      └─────────────────┤
 *                        ├─ (by item) ─ item features ─┬─ dead letters
 * items ─ decide ────────┘                             └─ (by user) ─ label ─┬─▶ samples
 *            └─ dead letters                                                 └─▶ score requests
 * </pre>
 *
 * <p>Every step, store and internal topic is named: the names are an on-disk format.
 */
public final class IngestTopology {

    private IngestTopology() {}

    /** @param clock says what is too far ahead of its time */
    public static Topology build(TopologyConfig config, Clock clock, Watcher watcher) {
        Topics topics = config.topics();
        StreamsBuilder builder = new StreamsBuilder();
        addStores(builder, config);

        KStream<byte[], Step> interactions = builder.stream(
                        topics.interactions(),
                        Consumed.with(ByteArray(), ByteArray())
                                .withTimestampExtractor(new IngestTime(clock))
                                .withName("interactions"))
                .process(
                        () -> new InteractionStep(config, clock, watcher),
                        Named.as("decide-interactions"),
                        SeenEvents.STORE,
                        InteractionStep.LEDGER);
        KStream<byte[], Step> items = builder.stream(
                        topics.items(),
                        Consumed.with(ByteArray(), ByteArray())
                                .withTimestampExtractor(new IngestTime(clock))
                                .withName("items-described"))
                .process(() -> new ItemCatalogueStep(watcher), Named.as("decide-items"), ItemCatalogueStep.LEDGER);

        only(Misplaced.class, interactions, "misplaced")
                .mapValues(Misplaced::value, Named.as("misplaced-value"))
                .to(
                        topics.interactions(),
                        Produced.with(ByteArray(), ByteArray()).withName("place-anew"));
        KStream<byte[], Step> observed = only(ByItem.class, interactions, "arrived")
                .merge(only(ByItem.class, items, "announced"), Named.as("arrived-or-announced"))
                .repartition(Repartitioned.<byte[], ByItem>as("by-item")
                        .withKeySerde(ByteArray())
                        .withValueSerde(Step.byItem()))
                .process(
                        () -> new ItemStep(config, watcher),
                        Named.as("item-features"),
                        ItemStep.ITEMS,
                        WaitingEvents.STORE,
                        TailThresholds.CELLS,
                        TailThresholds.THRESHOLDS,
                        ItemStep.LEDGER);
        KStream<byte[], Step> labelled = only(Observed.class, observed, "observed")
                .repartition(Repartitioned.<byte[], Observed>as("by-user")
                        .withKeySerde(ByteArray())
                        .withValueSerde(Step.observed()))
                .process(
                        () -> new UserStep(config, watcher),
                        Named.as("label"),
                        UserStep.USERS,
                        OpenImpressions.STORE,
                        Deadlines.STORE,
                        UserStep.LEDGER);

        only(Labelled.class, labelled, "labelled")
                .mapValues(Labelled::sample, Named.as("sample"))
                .to(
                        topics.samples(),
                        Produced.with(ByteArray(), Json.serde(Sample.class)).withName("samples"));
        only(Asked.class, labelled, "asked")
                .mapValues(Asked::request, Named.as("score-request"))
                .to(
                        topics.scoreRequests(),
                        Produced.with(ByteArray(), Json.serde(ScoreRequest.class))
                                .withName("score-requests"));
        bury(interactions, "interactions");
        bury(items, "items");
        bury(observed, "unknown-items");
        return builder.build();
    }

    private static <T extends Step> KStream<byte[], T> only(
            Class<T> type, KStream<byte[], ? extends Step> steps, String name) {
        return steps.filter((key, step) -> type.isInstance(step), Named.as(name))
                .mapValues(type::cast, Named.as(name + "-typed"));
    }

    private static void bury(KStream<byte[], Step> steps, String name) {
        only(Dead.class, steps, "dead-" + name)
                .mapValues(Dead::value, Named.as("dead-" + name + "-value"))
                .to(
                        (key, value, record) -> DeadLetters.topic(record.headers()),
                        Produced.with(ByteArray(), ByteArray()).withName("dead-letters-" + name));
    }

    private static void addStores(StreamsBuilder builder, TopologyConfig config) {
        builder.addStateStore(SeenEvents.store(config.dedupeWindow()));
        builder.addStateStore(ItemStep.itemStore());
        builder.addStateStore(WaitingEvents.store());
        builder.addStateStore(TailThresholds.cellStore());
        builder.addStateStore(TailThresholds.thresholdStore());
        builder.addStateStore(UserStep.userStore());
        builder.addStateStore(OpenImpressions.store());
        builder.addStateStore(Deadlines.store());
        for (String ledger : Ledgers.ALL) {
            builder.addStateStore(ledger(ledger));
        }
    }

    private static StoreBuilder<KeyValueStore<String, Long>> ledger(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.Long())
                .withCachingEnabled();
    }
}
