package coldstream.scorer;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.request;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.Ports;
import coldstream.testkit.Await;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.Test;

/** What the whole worker makes of what goes wrong around it. */
class ScorerWorkerFailureTest extends RunningWorkers {

    /** Long enough to answer in on a slow machine. */
    private static final Duration LOCK = Duration.ofSeconds(5);

    @Test
    void anUnreadableRequestBecomesADeadLetterAndTheStreamGoesOn() throws Exception {
        started(Map.of());
        stream.announce(catalogue(CATALOGUE));

        stream.ask("u0", "{\"request_id\":7".getBytes(StandardCharsets.UTF_8));
        stream.ask("u0", "{\"request_id\":\"r0\",\"user\":\"u0\"}".getBytes(StandardCharsets.UTF_8));
        stream.ask(request("r1", "i3"));

        assertThat(ids(stream.read(topics.softScores(), 1))).containsExactly("r1");
        List<ConsumerRecord<byte[], byte[]>> dead = stream.read(Topics.deadLetter(topics.scoreRequests()), 2);
        assertThat(dead).hasSize(2).allSatisfy(letter -> {
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("u0");
            assertThat(header(letter, "exception")).endsWith("UNPARSABLE");
            assertThat(header(letter, "message")).startsWith("cannot read ScoreRequest: ");
            assertThat(header(letter, "topic")).isEqualTo(topics.scoreRequests());
            assertThat(header(letter, "partition")).matches("[0-9]+");
            assertThat(header(letter, "offset")).matches("[0-9]+");
        });
        assertThat(dead)
                .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .contains("{\"request_id\":7");
    }

    @Test
    void aRequestAboutItemsNobodyAnnouncesIsGivenUpInTheEnd() throws Exception {
        started(Map.of());
        stream.announce(catalogue(CATALOGUE));

        stream.ask(request("r0", "nobody knows it"));

        ConsumerRecord<byte[], byte[]> dead =
                stream.read(Topics.deadLetter(topics.scoreRequests()), 1).get(0);
        assertThat(header(dead, "exception")).endsWith("UNKNOWN_ITEM");
        assertThat(header(dead, "message")).startsWith("given up after 5 tries: ");
    }

    @Test
    void withoutRedisTheScoresStillReachTheTopic() throws Exception {
        ScorerWorker worker = started(Map.of("redis.url", "redis://127.0.0.1:" + Ports.free()));
        stream.announce(catalogue(CATALOGUE));

        for (int i = 0; i < 20; i++) {
            stream.ask(request("r" + i, "i3"));
        }

        assertThat(ids(stream.read(topics.softScores(), 20))).hasSize(20).doesNotHaveDuplicates();
        Await.until("every score counts as not stored", () -> meters.scrape()
                .contains("coldstream_soft_scores_total{result=\"store_away\"} 400.0"));
        assertThat(worker.progress().scoresStored()).isZero();
    }

    /**
     * The broker, not the worker, gives a request to another: the first takes it and never answers. One partition, so that
     * both are given it; of two, the one that is silent but alive would keep its own.
     */
    @Test
    void aRequestThatAWorkerTookToItsGraveIsHandedOutAgain() throws Exception {
        EmbeddedKafka impatient = opened(EmbeddedKafka.start(new EmbeddedKafkaOptions(
                0, Optional.empty(), Map.of("group.share.min.record.lock.duration.ms", "1000"))));
        use(Map.of("bootstrap.servers", impatient.bootstrapServers()), 1);
        stream.announce(catalogue(CATALOGUE));
        stream.ask(request("r1", "i3"));
        KafkaClients clients = new KafkaClients(kafka, topics);
        clients.configureGroup(LOCK);
        ShareConsumer<byte[], byte[]> dying = opened(clients.shareConsumer(10, false));
        dying.subscribe(List.of(topics.scoreRequests()));
        Await.until(
                "the request is taken", () -> dying.poll(Duration.ofMillis(200)).count() == 1);

        started(Map.of("scorer.request-lock", LOCK.toSeconds() + "s"));

        assertThat(ids(stream.read(topics.softScores(), 1))).containsOnly("r1");
    }

    @Test
    void goesOnAfterTheBrokerWasAwayAndAnswersEveryRequest() throws Exception {
        EmbeddedKafka broker = opened(EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE));
        use(Map.of("bootstrap.servers", broker.bootstrapServers()), 2);
        ScorerWorker worker = started(Map.of());
        stream.announce(catalogue(CATALOGUE));
        for (int i = 0; i < 200; i++) {
            stream.ask(request("before " + i, "i3"));
        }
        Await.until("the first is scored", () -> worker.progress().scored() > 0);

        broker.restart();
        for (int i = 0; i < 200; i++) {
            stream.ask(request("after " + i, "i3"));
        }

        Await.until(
                "every request has an answer",
                () -> ids(stream.all(topics.softScores())).stream().distinct().count() == 400);
        assertThat(stream.all(Topics.deadLetter(topics.scoreRequests()))).isEmpty();
    }
}
