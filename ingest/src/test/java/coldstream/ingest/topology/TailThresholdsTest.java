package coldstream.ingest.topology;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.PopularityTail;
import coldstream.ingest.topology.TailThresholds.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class TailThresholdsTest {

    private static final Duration LATENESS = Duration.ofSeconds(160);
    private static final long START = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

    private final KeyValueStore<Long, Long> cells = inMemory("cells", Serdes.Long(), Serdes.Long());
    private final KeyValueStore<String, byte[]> store = inMemory("thresholds", Serdes.String(), Serdes.ByteArray());

    private static <K, V> KeyValueStore<K, V> inMemory(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
    }

    TailThresholdsTest() {
        var context = new MockProcessorContext<>();
        cells.init(context.getStateStoreContext(), cells);
        store.init(context.getStateStoreContext(), store);
    }

    private TailThresholds thresholds() {
        return new TailThresholds(cells, store, LATENESS, 0.5, 0.1);
    }

    @Test
    void thereIsNoTailBeforeAThresholdIsKnown() {
        assertThat(thresholds().at(START)).isEqualTo(Threshold.NONE);
    }

    @Test
    void aThresholdServesEventsThatNothingInItCanHaveOvertaken() {
        TailThresholds thresholds = thresholds();
        LongStream.range(0, 64).forEach(i -> thresholds.take(0, START));
        assertThat(thresholds.at(START + 1_000_000)).isEqualTo(Threshold.NONE);

        thresholds.take(0, START + 1);

        assertThat(thresholds.at(START + LATENESS.toMillis())).isEqualTo(Threshold.NONE);
        assertThat(thresholds.at(START + LATENESS.toMillis() + 1))
                .isEqualTo(new Threshold(START, new PopularityTail(1, 1)));
    }

    @Test
    void anEventOfTheSameTimeMakesNoThreshold() {
        TailThresholds thresholds = thresholds();
        LongStream.range(0, 500).forEach(i -> thresholds.take(0, START));

        assertThat(thresholds.at(Long.MAX_VALUE)).isEqualTo(Threshold.NONE);
    }

    @Test
    void aLateEventStillFindsTheThresholdOfItsTimeAfterThousandsOfEvents() {
        TailThresholds thresholds = thresholds();
        LongStream.range(0, 200_000).forEach(i -> thresholds.take(i % 2 == 0 ? 0 : 1, START + i * 10));
        long late = START + 2_000_000 - LATENESS.toMillis();

        assertThat(thresholds.at(late).until())
                .isBetween(late - LATENESS.toMillis() * 3 / 2, late - LATENESS.toMillis() - 1);
    }

    @Test
    void aRestartGoesOnWithTheSameThresholds() {
        TailThresholds before = thresholds();
        LongStream.range(0, 1_000).forEach(i -> before.take(i % 3 == 0 ? 0 : i % 3, START + i * 1_000));

        TailThresholds after = thresholds();

        LongStream.range(1_000, 2_000).forEach(i -> {
            long time = START + i * 1_000;
            assertThat(after.at(time)).isEqualTo(before.at(time));
        });
        assertThat(after.at(START + 1_000_000)).isNotEqualTo(Threshold.NONE);
    }
}
