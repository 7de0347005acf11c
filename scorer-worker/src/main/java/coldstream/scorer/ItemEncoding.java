package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import coldstream.wire.ItemReader;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns the text of every item into a vector, once among all workers: the members of a consumer group share the
 * partitions, and an item whose text has a vector already is passed over.
 *
 * <p>The encoder never waits for Kafka: two polls are in hand, and while the vectors of one go out it has the other.
 * An offset is committed when its vector is in {@code item-vectors.v1}. The group's name carries the encoder's, so that
 * another encoder begins at the first item.
 */
final class ItemEncoding extends ConsumerLoop {

    /** Texts of a poll at most. */
    static final int BATCH = 128;

    private static final int BATCHES = 2;
    private static final Duration NEXT = Duration.ofMillis(10);

    /**
     * A poll whose texts are being encoded.
     *
     * @param retired ids of items that are no more
     * @param next where to go on in each partition once the vectors are out
     */
    private record Batch(
            List<byte[]> retired,
            List<Item> items,
            List<String> texts,
            Future<List<TextVector>> vectors,
            Map<TopicPartition, OffsetAndMetadata> next) {}

    private final TextEncoder encoder;
    private final Catalogue catalogue;
    private final ItemVectors out;
    private final ExecutorService threads = Executors.newFixedThreadPool(BATCHES, task -> {
        Thread thread = new Thread(task, "item-vectors");
        thread.setDaemon(true);
        return thread;
    });
    /** The oldest first. */
    private final Deque<Batch> running = new ArrayDeque<>();

    /** @param catalogueComplete else vectors that exist would be made again */
    ItemEncoding(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topics topics,
            TextEncoder encoder,
            Catalogue catalogue,
            ItemVectors out,
            BooleanSupplier catalogueComplete) {
        super("item-encoding", consumers, List.of(topics.items()), catalogueComplete);
        this.encoder = encoder;
        this.catalogue = catalogue;
        this.out = out;
    }

    /** Of a consumer of this loop. */
    static String group(Topics topics, TextEncoder encoder) {
        return topics.namespace() + "-item-encoder-" + encoder.name();
    }

    /** Before a partition goes to another member, what was read of it is done: its vectors are not made twice. */
    @Override
    void subscribe(Consumer<byte[], byte[]> consumer, List<String> all) {
        running.clear(); // of an earlier consumer: read again
        consumer.subscribe(all, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                while (!running.isEmpty()) {
                    finish(consumer);
                }
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                running.clear();
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
    }

    @Override
    void turn(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = poll(consumer, running.isEmpty() ? POLL : NEXT);
        if (!records.isEmpty()) {
            running.add(begun(records));
        }
        if (running.size() == BATCHES || (records.isEmpty() && !running.isEmpty())) {
            finish(consumer);
        }
        while (!running.isEmpty() && running.element().vectors.isDone()) {
            finish(consumer);
        }
    }

    /** Not used: see {@link #turn}. */
    @Override
    Done act(List<ConsumerRecord<byte[], byte[]>> records) {
        throw new IllegalStateException("polls are acted on two at a time");
    }

    private Batch begun(List<ConsumerRecord<byte[], byte[]>> records) {
        List<byte[]> retired = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            next.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
            if (record.value() == null) {
                retired.add(record.key());
            } else {
                ItemReader.read(record.headers(), record.value())
                        .match(item -> catalogue.needsVector(item) && items.add(item), refusal -> false);
            }
        }
        List<String> texts = items.stream().map(catalogue::text).toList();
        return new Batch(retired, items, texts, threads.submit(() -> encoder.encode(texts)), next);
    }

    /** Sends the vectors of the oldest batch and commits its offsets, once every vector is in the topic. */
    private void finish(Consumer<byte[], byte[]> consumer) {
        Batch batch = running.element();
        List<TextVector> vectors = encoded(batch);
        List<Sent> sent = new ArrayList<>(batch.items.size() + batch.retired.size());
        batch.retired.forEach(item -> sent.add(out.forget(item)));
        for (int i = 0; i < vectors.size(); i++) {
            sent.add(out.send(batch.items.get(i).item(), batch.texts.get(i), vectors.get(i)));
        }
        out.flush();
        sent.forEach(Sent::check);
        running.remove();
        consumer.commitSync(batch.next);
    }

    private static List<TextVector> encoded(Batch batch) {
        try {
            return batch.vectors.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while encoding", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot encode: " + e.getCause(), e);
        }
    }

    @Override
    void stopped() {
        threads.shutdownNow();
    }
}
