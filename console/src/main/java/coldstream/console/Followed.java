package coldstream.console;

import coldstream.console.deadletter.LetterDesk;
import coldstream.console.deadletter.LetterIndex;
import coldstream.console.deploy.RegistryWatch;
import coldstream.console.observe.Observatory;
import coldstream.console.stream.EventStream;
import coldstream.console.topics.Alarms;
import coldstream.console.topics.TopicFollower;
import coldstream.console.user.Titles;
import coldstream.domain.RegistryEvent;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands what the topics say to those it concerns. */
final class Followed implements TopicFollower.Listener {

    private static final long EVENTS = 5_000;
    private static final long ITEMS = 50_000;

    private final Topics topics;
    private final RegistryWatch registry;
    private final Alarms alarms;
    private final LetterDesk desk;
    private final LetterIndex letters;
    private final Titles titles;
    private final Observatory observatory;
    private final EventStream stream;
    private final Runnable registryChanged;
    private final InstantSource clock;
    private volatile boolean caughtUp;

    Followed(
            Topics topics,
            RegistryWatch registry,
            Alarms alarms,
            LetterDesk desk,
            LetterIndex letters,
            Titles titles,
            Observatory observatory,
            EventStream stream,
            Runnable registryChanged,
            InstantSource clock) {
        this.topics = topics;
        this.registry = registry;
        this.alarms = alarms;
        this.desk = desk;
        this.letters = letters;
        this.titles = titles;
        this.observatory = observatory;
        this.stream = stream;
        this.registryChanged = registryChanged;
        this.clock = clock;
    }

    /** Every topic that is followed, and how far back. */
    static Map<String, Long> topics(TopicSetup setup, int letters) {
        Map<String, Long> all = new HashMap<>();
        LetterDesk.topics(setup).forEach(topic -> all.put(topic, (long) letters));
        all.put(setup.topics().replayedLetters(), Long.MAX_VALUE / 2);
        all.put(setup.topics().registryEvents(), EVENTS);
        all.put(setup.topics().driftAlerts(), EVENTS);
        all.put(setup.topics().items(), ITEMS);
        return all;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.items())) {
            titles.take(record);
        } else if (record.topic().equals(topics.registryEvents())) {
            registryEvent(record);
        } else if (record.topic().equals(topics.driftAlerts())) {
            alert(record);
        } else {
            desk.take(record);
        }
    }

    private void registryEvent(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null && registry.take(Json.read(record.value(), RegistryEvent.class)) && caughtUp) {
            stream.publish("deployment", Json.read(record.value(), RegistryEvent.class));
            registryChanged.run();
        }
    }

    private void alert(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        JsonNode alert = Json.read(record.value(), JsonNode.class);
        alarms.take(alert, Instant.ofEpochMilli(Math.max(0, record.timestamp())))
                .filter(told -> caughtUp)
                .ifPresent(told -> stream.publish("alarm", told));
    }

    @Override
    public void heard(boolean all) {
        if (all && !caughtUp) {
            caughtUp = true;
            letters.caughtUp();
        }
        observatory.well("kafka", all ? "answers" : "answers, what it holds is being read", clock.instant());
    }

    @Override
    public void away(String why) {
        observatory.silent("kafka", why, clock.instant());
    }
}
