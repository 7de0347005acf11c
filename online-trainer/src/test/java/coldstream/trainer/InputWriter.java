package coldstream.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.testkit.Examples;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what the other processes would: items, their vectors, samples in transactions, and soft scores in between. */
final class InputWriter implements AutoCloseable {

    private static final int DIMENSION = 384;

    private final Producer<byte[], byte[]> plain;
    private final Producer<byte[], byte[]> transactional;
    private final Topics topics;
    private final int users;
    private final int items;
    private final Random random = new Random(11);
    private final Map<UserId, List<ItemId>> histories = new HashMap<>();
    private final Map<ItemId, Long> counts = new HashMap<>();
    private final List<Future<?>> sent = new ArrayList<>();
    private int samples;

    InputWriter(Map<String, Object> client, Topics topics) {
        this(client, topics, 40, 60);
    }

    InputWriter(Map<String, Object> client, Topics topics, int users, int items) {
        this.topics = topics;
        this.users = users;
        this.items = items;
        plain = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        var config = new HashMap<>(client);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.namespace() + "-writer");
        transactional = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        transactional.initTransactions();
    }

    /** Samples committed so far. */
    int samples() {
        return samples;
    }

    /** Writes every item and its vector. */
    void catalogue() {
        for (int i = 0; i < items; i++) {
            ItemId id = new ItemId("item-" + i);
            Item item = Examples.item(id, "title " + i, "kind " + i % 5);
            send(plain, topics.items(), id.value(), EventWriter.write(item));
            float[] vector = new float[DIMENSION];
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] = (float) random.nextGaussian();
            }
            send(
                    plain,
                    topics.itemVectors(),
                    id.value(),
                    Json.write(new ItemVector(id, "test", "hash-" + i, TextVector.of(vector))));
        }
        settle();
    }

    /** Writes samples in transactions of 50, every tenth of which aborts first, with some scores in between. */
    void samples(int count) {
        for (int left = count; left > 0; left -= 50) {
            if (random.nextInt(10) == 0) {
                transactional.beginTransaction();
                send(transactional, topics.samples(), "nobody", Json.write(sample(new UserId("nobody"), "aborted")));
                transactional.flush();
                transactional.abortTransaction();
            }
            transactional.beginTransaction();
            for (int i = 0; i < Math.min(50, left); i++) {
                UserId user = new UserId("user-" + random.nextInt(users));
                Sample sample = sample(user, "test|" + samples);
                send(transactional, topics.samples(), user.value(), Json.write(sample));
                histories.computeIfAbsent(user, key -> new ArrayList<>()).add(sample.item());
                counts.merge(sample.item(), 1L, Long::sum);
                samples++;
                if (random.nextInt(8) == 0) {
                    send(plain, topics.softScores(), user.value(), Json.write(scores(user)));
                    send(plain, topics.tasteProfiles(), user.value(), Json.write(profile(user)));
                }
            }
            transactional.commitTransaction();
        }
        settle();
    }

    /** Writes bytes that are nothing the trainer knows. */
    void garbage(String topic) {
        send(plain, topic, "some-key", "{\"not\":".getBytes(UTF_8));
        settle();
    }

    void retire(ItemId item) {
        sent.add(plain.send(new ProducerRecord<>(topics.items(), item.value().getBytes(UTF_8), null)));
        settle();
    }

    private Sample sample(UserId user, String id) {
        List<ItemId> history = histories.getOrDefault(user, List.of());
        ItemId item = new ItemId("item-" + (int) Math.min(items - 1, Math.abs(random.nextGaussian()) * items / 3));
        long count = counts.getOrDefault(item, 0L);
        List<ItemId> latest = history.subList(Math.max(0, history.size() - Sample.MAX_HISTORY), history.size());
        Instant at = Examples.NOON.plusSeconds(samples);
        return new Sample(
                id,
                user,
                item,
                1,
                OptionalDouble.empty(),
                1,
                latest,
                history.size(),
                count,
                history.size() <= 3,
                count < 3,
                at,
                Instant.now());
    }

    private SoftScores scores(UserId user) {
        List<ItemScore> scores = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            scores.add(new ItemScore(new ItemId("item-" + (i * 3) % items), random.nextInt(101) / 100.0));
        }
        return new SoftScores(
                "request-" + random.nextInt(1_000_000),
                user,
                scores,
                Optional.empty(),
                "test",
                "v1",
                1,
                Instant.now(),
                histories.getOrDefault(user, List.of()).size(),
                Examples.NOON.plusSeconds(samples));
    }

    private TasteProfile profile(UserId user) {
        float[] vector = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            vector[d] = (float) d / DIMENSION;
        }
        return new TasteProfile(
                user,
                "",
                TextVector.of(vector),
                "test",
                "test",
                "v1",
                histories.getOrDefault(user, List.of()).size(),
                Examples.NOON.plusSeconds(samples),
                Instant.now());
    }

    private void send(Producer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)));
    }

    private void settle() {
        plain.flush();
        try {
            for (Future<?> future : sent) {
                if (future.isDone()) {
                    future.get();
                }
            }
        } catch (ExecutionException e) {
            // Only the aborted ones may fail.
            if (!(e.getCause() instanceof TransactionAbortedException)) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        sent.clear();
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
