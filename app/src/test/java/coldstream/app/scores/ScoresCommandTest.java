package coldstream.app.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coldstream.app.scores.UserScores.Pair;
import coldstream.app.scores.UserScores.Pairs;
import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreTranscript;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisScoreStore;
import coldstream.scorestore.RedisTranscriptStore;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.testkit.Await;
import coldstream.testkit.Examples;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import coldstream.textencoder.TextHash;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

@Tag("integration")
class ScoresCommandTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private final StringWriter out = new StringWriter();
    private final Topics topics = new Topics(KAFKA.namespace());

    @Test
    void showsWhatWasAskedAndAnsweredAndWhatIsStored() {
        UserId ann = new UserId("ann");
        SoftScores answer =
                Examples.scores("r1", ann, new ItemScore(Examples.BOOK, 0.9), new ItemScore(Examples.SONG, 0.25));
        try (RedisConnection redis = RedisConnection.to(REDIS.url(), Duration.ofSeconds(30))) {
            new RedisScoreStore(redis, RedisBounds.DEFAULTS).put(answer);
            new RedisUserStateStore(redis, RedisBounds.DEFAULTS)
                    .putAll(Map.of(ann, new UserState(List.of(Examples.FILM), 5)));
            new RedisTranscriptStore(redis, 10, Duration.ofMinutes(1))
                    .put(new ScoreTranscript(
                            "r1",
                            ann,
                            "test-model",
                            "scored",
                            List.of(new ScoreTranscript.Call(
                                    "You judge.", "Chosen:\n{\"title\":\"A film\"}", "{\"scores\":\u001b[2J[]}")),
                            3,
                            Instant.EPOCH));
        }
        new TopicSetup(topics, "ctr", 2, 1).ensure(KAFKA.client(), Await.LIMIT);
        try (var producer = new KafkaProducer<>(KAFKA.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, topics.items(), "film", EventWriter.write(Examples.item(Examples.FILM, "A film")));
            send(producer, topics.items(), "book", EventWriter.write(Examples.item(Examples.BOOK, "A book")));
            send(producer, topics.scoreRequests(), "ann", Json.write(request("r1", ann)));
            send(producer, topics.scoreRequests(), "ann", Json.write(request("r2", ann)));
            send(producer, topics.scoreRequests(), "bob", Json.write(request("r3", new UserId("bob"))));
            send(producer, topics.softScores(), "ann", Json.write(answer));
        }

        run("--user", "ann");
        assertThat(out.toString())
                .contains("user ann: 5 positives, 2 questions")
                .contains("question r2 (cold_user)", "no answer yet")
                .contains("question r1 (cold_user)", "liked      A film")
                .contains("by test-model, prompt test-prompt, 1 orders", "3 positives since")
                .contains("c1   0.900 A book", "c2   0.250 song (not announced)")
                .contains("pairs      1 of 1 differ by 0.10 or more")
                .contains("    1.00  book > song")
                .contains("asked of test-model at 1970-01-01T00:00:00Z for r1: scored")
                .contains("  | You judge.", "  | Chosen:", "  | {\"title\":\"A film\"}", "  | {\"scores\": [2J[]}")
                .contains("and 3 calls more")
                .contains("stored: 2 scores")
                .doesNotContain("r3");
        out.getBuffer().setLength(0);
        run("--user", "ann", "--json", "--last", "1");

        JsonNode json = Json.read(out.toString().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(json.path("questions").size()).isEqualTo(1);
        assertThat(json.path("questions").path(0).path("request_id").asText()).isEqualTo("r2");
        assertThat(json.path("stored").path(0).path("title").asText()).isEqualTo("A book");
        assertThat(json.path("stored").path(0).path("age_hours").asDouble()).isPositive();
    }

    @Test
    void showsWhatWasWrittenOfAnItemAndWhetherItsVectorIsOfThat() {
        new TopicSetup(topics, "ctr", 2, 1).ensure(KAFKA.client(), Await.LIMIT);
        Item film = Examples.item(Examples.FILM, "Ran");
        ItemEnrichment words = new ItemEnrichment(
                Examples.FILM,
                TextHash.of(film.text()),
                "Ran, a war film",
                List.of("samurai"),
                "film",
                "a-model",
                "enrich-v1",
                Instant.EPOCH);
        try (var producer = new KafkaProducer<>(KAFKA.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, topics.items(), "film", EventWriter.write(film));
            send(producer, topics.itemEnrichments(), "film", Json.write(words));
            send(
                    producer,
                    topics.itemVectors(),
                    "film",
                    Json.write(new ItemVector(Examples.FILM, "bge", TextHash.of(film.text()), TextVector.of(1))));
        }

        run("--item", "film");
        assertThat(out.toString())
                .contains("written    by a-model, prompt enrich-v1, 1970-01-01T00:00:00Z")
                .contains("paraphrase Ran, a war film", "shown and encoded with the item")
                .contains("encoded    " + words.text(film))
                .contains("vector     old");
        out.getBuffer().setLength(0);
        run("--item", "nobody announced it", "--json");
        assertThat(out.toString()).contains("\"vector\" : \"NONE\"");
    }

    @Test
    void aPairIsTwoScoresThatDifferEnoughAfterMinMax() {
        Pairs pairs = UserPairs.of(List.of(score("a", 0.2), score("b", 0.22), score("c", 0.4)), 0.2);

        assertThat(pairs.possible()).isEqualTo(3);
        assertThat(pairs.ordered()).isEqualTo(2);
        assertThat(pairs.widest())
                .extracting(Pair::better, Pair::worse)
                .containsExactly(tuple("c", "a"), tuple("c", "b"));
        assertThat(UserPairs.of(List.of(score("a", 0.5), score("b", 0.5)), 0)).isEqualTo(new Pairs(1, 0, 0, List.of()));
        assertThat(UserPairs.of(List.of(), 0.1)).isEqualTo(new Pairs(0, 0, 0.1, List.of()));
    }

    private static ItemScore score(String item, double score) {
        return new ItemScore(new ItemId(item), score);
    }

    private void run(String... more) {
        String[] arguments = {
            "--set", "kafka.bootstrap-servers=" + KAFKA.bootstrapServers(),
            "--set", "namespace=" + topics.namespace(),
            "--set", "redis.url=" + REDIS.url()
        };
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        assertThat(new CommandLine(new ScoresCommand())
                        .setOut(new PrintWriter(out, true))
                        .execute(all))
                .isZero();
    }

    private static ScoreRequest request(String id, UserId user) {
        return new ScoreRequest(
                id,
                user,
                List.of(new ItemId("film")),
                ScoreRequest.Reason.COLD_USER,
                List.of(),
                2,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }
}
