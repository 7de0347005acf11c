package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import coldstream.scorer.EnrichmentAsking.Answers;
import coldstream.scorer.enrich.EnrichmentRule;
import coldstream.scorer.enrich.EnrichmentRule.Due;
import coldstream.wire.ItemReader;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Has a language model describe items whose own text says little, once among all workers, and makes their vectors anew.
 *
 * <p>An offset is committed when what was written is in {@code item-enrichments.v1} and the new vector in
 * {@code item-vectors.v1}. Where the endpoint fails or money is short, the items wait in their topic. Now and then the loop
 * looks for enriched items with the vector of their bare text, which another worker may have been making meanwhile.
 */
final class EnrichmentLoop extends ConsumerLoop {

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int AT_ONCE = 128;

    private final Topics topics;
    private final Catalogue catalogue;
    private final EnrichmentRule rule;
    private final EnrichmentAsking asking;
    private final TextEncoder encoder;
    private final Producer<byte[], byte[]> producer;
    private final ItemVectors vectors;
    private final EnrichmentMetrics metrics;
    private long looked = System.nanoTime();

    EnrichmentLoop(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topics topics,
            Catalogue catalogue,
            EnrichmentRule rule,
            EnrichmentAsking asking,
            TextEncoder encoder,
            Producer<byte[], byte[]> producer,
            ItemVectors vectors,
            EnrichmentMetrics metrics,
            BooleanSupplier catalogueComplete) {
        super("item-enrichment", consumers, List.of(topics.items()), catalogueComplete);
        this.topics = topics;
        this.catalogue = catalogue;
        this.rule = rule;
        this.asking = asking;
        this.encoder = encoder;
        this.producer = producer;
        this.vectors = vectors;
        this.metrics = metrics;
    }

    @Override
    void turn(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        super.turn(consumer);
        if (System.nanoTime() - looked >= LOOK.toNanos()) {
            looked = System.nanoTime();
            encode(catalogue.withOldVector(AT_ONCE));
        }
    }

    @Override
    Done act(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        List<Item> thin = new ArrayList<>();
        List<Sent> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                sent.add(Sent.by(producer, new ProducerRecord<>(topics.itemEnrichments(), record.key(), null)));
            } else {
                ItemReader.read(record.headers(), record.value())
                        .match(item -> isDue(item) && thin.add(item), refusal -> false);
            }
        }
        Answers answers = asking.ask(thin);
        for (ItemEnrichment enrichment : answers.enrichments()) {
            byte[] key = enrichment.item().value().getBytes(StandardCharsets.UTF_8);
            sent.add(Sent.by(producer, new ProducerRecord<>(topics.itemEnrichments(), key, Json.write(enrichment))));
        }
        producer.flush();
        sent.forEach(Sent::check);
        answers.enrichments().forEach(catalogue::enrich);
        encode(thin.stream()
                .filter(item -> catalogue.enrichment(item.item()).isPresent() && catalogue.needsVector(item))
                .toList());
        return answers.complete() ? Done.YES : Done.NO;
    }

    private boolean isDue(Item item) {
        Optional<ItemEnrichment> known = catalogue.enrichment(item.item());
        Due due = rule.due(item, known);
        if (due != Due.YES) {
            metrics.passedOver(due);
        }
        return due == Due.YES;
    }

    private void encode(List<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        List<String> texts = items.stream().map(catalogue::text).toList();
        List<TextVector> made = encoder.encode(texts);
        List<Sent> sent = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            sent.add(vectors.send(items.get(i).item(), texts.get(i), made.get(i)));
        }
        vectors.flush();
        sent.forEach(Sent::check);
    }

    @Override
    void stopped() {
        asking.close();
    }
}
