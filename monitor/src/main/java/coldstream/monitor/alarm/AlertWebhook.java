package coldstream.monitor.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.DriftAlert;
import coldstream.service.webhook.RetryPause;
import coldstream.service.webhook.WebhookCall;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a webhook what the topic of alerts holds: in order, at least once, again with a pause that doubles up to a minute while
 * that may help. What was brought is committed, so a restart goes on behind it; of all processes of a namespace one brings.
 *
 * <p>A message ends in one of three ways, and is counted: sent; refused, by an answer that will not change; expired.
 */
public final class AlertWebhook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWebhook.class);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 100;

    private final WebhookCall.Target target;
    private final Duration ttl;
    private final WebhookCall call;
    private final Clock clock;
    private final MeterRegistry meters;
    private final String topic;
    private final Map<String, Object> config;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "drift-webhook");
    private int attempts;
    private Instant due = Instant.MIN;
    private volatile boolean closing;

    /**
     * @param url whom to tell
     * @throws IllegalArgumentException for one that may never be called
     */
    public AlertWebhook(
            String url, WebhookConfig settings, Map<String, Object> client, Topics topics, MeterRegistry meters) {
        this(url, settings, client, topics, meters, SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC());
    }

    AlertWebhook(
            String url,
            WebhookConfig settings,
            Map<String, Object> client,
            Topics topics,
            MeterRegistry meters,
            DnsResolver names,
            Clock clock) {
        this.target = new WebhookCall.Target(url, settings.secret());
        this.ttl = settings.ttl();
        this.call = new WebhookCall(settings.rules(), names, clock);
        this.clock = clock;
        this.meters = meters;
        this.topic = topics.driftAlerts();
        config = new HashMap<>(client);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, topics.namespace() + "-drift-webhook");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_WAITING);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, topics.namespace() + "-drift-webhook");
        try {
            call.requireCallable(url);
        } catch (IllegalArgumentException e) {
            call.close();
            throw e;
        }
        List.of("sent", "refused", "expired", "retried").forEach(this::count);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            try (Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                bring(consumer);
                consumer.close(CloseOptions.timeout(CLOSE));
            } catch (InterruptException | WakeupException e) {
                return; // only close interrupts
            } catch (KafkaException e) {
                LOG.atWarn().addKeyValue("why", e.toString()).log("alerts for the webhook cannot be read now");
            } finally {
                waiting.clear();
            }
        }
    }

    private void bring(Consumer<byte[], byte[]> consumer) {
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                waiting.clear(); // whoever has the partition now brings them
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
        while (!closing) {
            if (waiting.isEmpty()) {
                consumer.resume(consumer.paused());
            } else {
                consumer.pause(consumer.assignment());
            }
            consumer.poll(WAIT).forEach(waiting::add);
            while (!closing && !waiting.isEmpty() && !clock.instant().isBefore(due) && bringOne(consumer)) {
                attempts = 0;
            }
        }
    }

    /** @return whether the oldest needs no further attempt */
    private boolean bringOne(Consumer<byte[], byte[]> consumer) {
        ConsumerRecord<byte[], byte[]> record = waiting.getFirst();
        String outcome = outcome(record);
        if (outcome.equals("retried")) {
            count(outcome).increment();
            return false;
        }
        waiting.removeFirst();
        count(outcome).increment();
        consumer.commitSync(Map.of(
                new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1)));
        return true;
    }

    private String outcome(ConsumerRecord<byte[], byte[]> record) {
        String id = record.topic() + "-" + record.partition() + "@" + record.offset();
        boolean late = record.timestamp() + ttl.toMillis() < clock.millis();
        if (late) {
            return told(id, "expired", "nobody took it in time");
        }
        String body;
        try {
            body = body(Json.read(record.value(), DriftAlert.class));
        } catch (SerializationException | NullPointerException e) {
            return told(id, "refused", "it is no alert: " + e);
        }
        WebhookCall.Answer answer = call.send(target, id, body);
        if (answer.taken()) {
            return "sent";
        }
        if (!answer.mayPass()) {
            return told(id, "refused", "HTTP " + answer.status());
        }
        LOG.atDebug()
                .addKeyValue("delivery", id)
                .addKeyValue("why", answer.body())
                .log("the webhook did not answer");
        due = clock.instant().plus(RetryPause.of(attempts, answer.retryAfter()));
        attempts++;
        return "retried";
    }

    private static String told(String id, String outcome, String why) {
        LOG.atWarn()
                .addKeyValue("delivery", id)
                .addKeyValue("outcome", outcome)
                .addKeyValue("why", why)
                .log("the webhook was not told of an alarm");
        return outcome;
    }

    /** As the registry's webhooks send theirs: what it is of, what happened, when, and the alert itself. */
    private static String body(DriftAlert alert) {
        boolean first = alert.open() && alert.time().equals(alert.openedAt());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entity", "drift_alert");
        body.put("action", first ? "opened" : alert.open() ? "updated" : "closed");
        body.put("timestamp", alert.time());
        body.put("data", alert);
        return new String(Json.write(body), UTF_8);
    }

    private Counter count(String outcome) {
        return Counter.builder("coldstream.drift.webhooks")
                .description("Messages of drift alarms to the webhook by what came of them; retried ones go on")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        if (thread.getState() != Thread.State.NEW) {
            try {
                thread.join(CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        call.close();
    }
}
