package coldstream.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.DeltaRecord;
import coldstream.model.FollowedModel;
import coldstream.model.Ranker;
import coldstream.model.Safetensors;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.EpochMarker;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The deltas of a model as any reader of committed records gets them. */
final class DeltaFollowing implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<DeltaRecord> waiting = new ArrayList<>();
    private final Set<DeltaEnvelope.Stamp> stamps = new HashSet<>();

    DeltaFollowing(Map<String, Object> client, String topic) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20); // else a fetch of nothing holds up what is asked next
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    record Epoch(EpochMarker marker, long incarnation, List<DeltaRecord> records) {}

    /** Every epoch so far; each has to be whole, and of one trainer's process. */
    List<Epoch> epochs() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
            String key = new String(record.key(), UTF_8);
            DeltaEnvelope opened = DeltaEnvelope.open(key, record.value());
            stamps.add(opened.stamp());
            if (key.startsWith(EpochMarker.TABLE + "|")) {
                EpochMarker marker = Json.read(opened.content(), EpochMarker.class);
                assertThat(stamps).hasSize(1);
                assertThat(waiting).hasSize(marker.records());
                epochs.add(new Epoch(marker, opened.stamp().incarnation(), List.copyOf(waiting)));
                waiting.clear();
                stamps.clear();
            } else {
                waiting.add(DeltaRecord.of(key, opened.content()));
            }
        }
        return epochs;
    }

    /** How many trainer processes' epochs lead on from a snapshot without a gap; 0 where there is one. */
    long trainersFrom(Path base) {
        long reached = SnapshotFolder.manifest(base).step();
        Set<Long> incarnations = new HashSet<>();
        for (Epoch epoch : epochs) {
            if (epoch.marker.step() >= reached) {
                if (epoch.marker.fromStep() > reached) {
                    return 0;
                }
                reached = epoch.marker.step();
                incarnations.add(epoch.incarnation);
            }
        }
        return incarnations.size();
    }

    /** Holds where a snapshot and the epochs since score, bit for bit, as another snapshot of the last epoch's step. */
    void assertLeads(Path base, Path to) {
        long reached = SnapshotFolder.manifest(base).step();
        try (FollowedModel followed = FollowedModel.load(base);
                Ranker wanted = Ranker.load(to)) {
            for (Epoch epoch : epochs) {
                if (epoch.marker.step() < reached) {
                    continue;
                }
                assertThat(epoch.marker.fromStep()).isLessThanOrEqualTo(reached);
                epoch.records.stream()
                        .filter(record -> !record.table().equals("taken"))
                        .forEach(followed::apply);
                reached = epoch.marker.step();
            }
            assertThat(reached).isEqualTo(SnapshotFolder.manifest(to).step());
            try (Ranker found = followed.ranker()) {
                assertThat(found.catalogue()).isEqualTo(wanted.catalogue());
                List<ItemId> items =
                        found.catalogue().stream().map(item -> item.item()).toList();
                for (String user :
                        Safetensors.read(to.resolve("rows.safetensors")).texts("users.ids")) {
                    var state = new UserState(items.subList(0, 3), 3);
                    assertThat(found.score(state, new UserId(user), items))
                            .isEqualTo(wanted.score(state, new UserId(user), items));
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
