package coldstream.scorer;

import coldstream.domain.ScoreRequest;
import coldstream.scorer.candidates.LikelyUsers;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Adds to the score requests for tail items those for users who could like them; see {@link LikelyUsers}. */
final class TailUserLoop extends ConsumerLoop {

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final LikelyUsers users;
    private final InstantSource clock;
    private final Counter asked;

    /** @param asked counts the requests made */
    TailUserLoop(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Topics topics,
            LikelyUsers users,
            InstantSource clock,
            Counter asked) {
        super("tail-users", consumers, List.of(topics.scoreRequests()), () -> true);
        this.producer = producer;
        this.topics = topics;
        this.users = users;
        this.clock = clock;
        this.asked = asked;
    }

    @Override
    Done act(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Sent> sent = new ArrayList<>();
        records.forEach(record -> besides(record).forEach(request -> sent.add(send(request))));
        producer.flush();
        sent.forEach(Sent::check);
        asked.increment(sent.size());
        return Done.YES;
    }

    private List<ScoreRequest> besides(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? List.of()
                    : users.besides(Json.read(record.value(), ScoreRequest.class), clock.instant());
        } catch (SerializationException | IllegalArgumentException e) {
            return List.of(); // the loop that answers requests writes its dead letter
        }
    }

    private Sent send(ScoreRequest request) {
        byte[] user = request.user().value().getBytes(StandardCharsets.UTF_8);
        return Sent.by(producer, new ProducerRecord<>(topics.scoreRequests(), user, Json.write(request)));
    }
}
