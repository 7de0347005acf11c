package coldstream.trainer.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.ScoreRequest;
import coldstream.monitor.action.ActionException;
import coldstream.monitor.action.FreshScores;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks about the users seen last by the topic of score requests. A producer lives for one asking: that is seldom. */
final class KafkaAsking implements FreshScores.Asking {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Map<String, Object> config;
    private final String topic;
    private final RecentUsers users;
    private final InstantSource clock;

    KafkaAsking(Map<String, Object> client, Topics topics, RecentUsers users, InstantSource clock) {
        this.topic = topics.scoreRequests();
        this.users = users;
        this.clock = clock;
        config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, topics.namespace() + "-drift-asking");
    }

    @Override
    public int ask(String alertId, String stratum, int most) throws ActionException {
        List<ScoreRequest> requests = users.requests(alertId, stratum, most, clock.instant());
        if (requests.isEmpty()) {
            return 0;
        }
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (ScoreRequest request : requests) {
                byte[] key = request.user().value().getBytes(UTF_8);
                sent.add(producer.send(new ProducerRecord<>(topic, key, Json.write(request))));
            }
            producer.flush();
            for (Future<?> one : sent) {
                one.get();
            }
            return requests.size();
        } catch (ExecutionException | KafkaException e) {
            throw new ActionException("requests were not taken: " + e.getMessage(), true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ActionException("interrupted", true, e);
        } finally {
            producer.close(Duration.ZERO);
        }
    }
}
