package coldstream.scorer;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.request;
import static coldstream.testkit.chat.ChatReplies.content;
import static coldstream.testkit.chat.ChatReplies.everyScore;
import static coldstream.testkit.chat.ChatReplies.failing;
import static coldstream.testkit.chat.ChatReplies.overloaded;
import static coldstream.testkit.chat.ChatReplies.slow;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreTranscript;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisTranscriptStore;
import coldstream.testkit.Await;
import coldstream.testkit.chat.ChatEndpoint;
import coldstream.textencoder.BgeSmallEncoder;
import coldstream.textencoder.TextHash;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The whole worker with a chat model behind an endpoint. */
class ChatWorkerTest extends RunningWorkers {

    private static final String WORDS =
            "{\"paraphrase\":\"A samurai war film called Ran.\",\"tags\":[\"samurai\",\"epic\"],"
                    + "\"category\":\"historical film\"}";

    @Test
    void aThinItemIsDescribedOnceAndItsVectorMadeAnew() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(content(WORDS));
            chat.next(failing(503));
            Item thin = new Item(new ItemId("ran"), "Ran", List.of(), Optional.empty(), Optional.empty(), Map.of());
            Map<String, String> settings = Map.of(
                    "scorer.provider", "openai",
                    "scorer.openai.base-url", chat.url().toString(),
                    "scorer.enrichment", "true",
                    "scorer.enrichment-below", "12");
            ScorerWorker first = started(settings);
            stream.announce(catalogue(3)); // "title of i0. category 0" says enough
            stream.announce(List.of(thin));

            ItemEnrichment words =
                    Json.read(stream.read(topics.itemEnrichments(), 1).get(0).value(), ItemEnrichment.class);
            assertThat(words.item()).isEqualTo(new ItemId("ran"));
            assertThat(words.category()).isEqualTo("historical film");
            assertThat(words.promptVersion()).isEqualTo("enrich-v1");
            Await.until("the vector is that of the words", () -> stream.all(topics.itemVectors()).stream()
                    .map(record -> Json.read(record.value(), ItemVector.class))
                    .anyMatch(vector -> vector.item().equals(new ItemId("ran"))
                            && vector.textHash().equals(TextHash.of(words.text(thin)))));
            long asked = chat.count();
            first.close();
            double known = meters.get("coldstream.item.enrichments")
                    .tag("outcome", "known")
                    .counter()
                    .count();

            ScorerWorker second = started(settings);
            stream.announce(List.of(thin));
            Await.until(
                    "it is passed over",
                    () -> meters.get("coldstream.item.enrichments")
                                    .tag("outcome", "known")
                                    .counter()
                                    .count()
                            > known);
            assertThat(second.ready()).isTrue();
            assertThat(chat.count()).isEqualTo(asked);
            assertThat(stream.all(topics.itemEnrichments())).hasSize(1);
            assertThat(meters.scrape())
                    .contains("coldstream_item_enrichments_total{outcome=\"made\"} 1.0")
                    .contains("coldstream_item_enrichments_total{outcome=\"try_again\"} 1.0");
        }
    }

    @Test
    void theLastQuestionAndItsAnswerCanBeLookedAt() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(everyScore("0.5"));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider",
                    "openai",
                    "scorer.openai.base-url",
                    chat.url().toString()));
            stream.announce(catalogue(CATALOGUE));
            Await.until("the items are known", () -> worker.progress().items() == CATALOGUE);

            stream.ask(request("r1", "i3"));
            stream.read(topics.softScores(), 1);

            RedisConnection redis = opened(RedisConnection.to(REDIS.url(), Duration.ofSeconds(30)));
            ScoreTranscript said =
                    Await.value("it is kept", () -> new RedisTranscriptStore(redis, 10, Duration.ofDays(1)).find(USER));
            assertThat(said.requestId()).isEqualTo("r1");
            assertThat(said.outcome()).isEqualTo("scored");
            assertThat(said.calls()).singleElement().satisfies(call -> {
                assertThat(call.instruction()).startsWith("You judge how well items fit");
                assertThat(call.question()).contains("title of i3").contains("\nCandidates:\n");
                assertThat(call.answer()).startsWith("{\"scores\":[").contains("0.5");
            });
            Await.until("it is counted", () -> meters.scrape()
                    .contains("coldstream_llm_transcripts_total{result=\"stored\"} 1.0"));
        }
    }

    @Test
    void aChatModelThatIsOverloadedIsAskedAgainAndOneThatRefusesIsNot() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.next(failing(503), overloaded(Duration.ZERO), everyScore("0.5"), failing(400));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider", "openai",
                    "scorer.openai.base-url", chat.url().toString(),
                    "scorer.openai.model", "a-model",
                    "scorer.openai.concurrency", "1",
                    "scorer.debounce", "0s"));
            stream.announce(catalogue(CATALOGUE));
            Await.until("the items are known", () -> worker.progress().items() == CATALOGUE);

            stream.ask(request("r1", "i3"));
            SoftScores answer =
                    Json.read(stream.read(topics.softScores(), 1).get(0).value(), SoftScores.class);
            stream.ask(request("r2", "i3"));
            ConsumerRecord<byte[], byte[]> dead =
                    stream.read(Topics.deadLetter(topics.scoreRequests()), 1).get(0);

            assertThat(answer.requestId()).isEqualTo("r1");
            assertThat(answer.model()).isEqualTo("a-model");
            assertThat(answer.promptVersion()).isEqualTo("score-v2");
            assertThat(answer.scores()).extracting(ItemScore::score).containsOnly(0.5);
            assertThat(Json.read(dead.value(), ScoreRequest.class).requestId()).isEqualTo("r2");
            assertThat(header(dead, "message")).contains("HTTP 400");
            assertThat(meters.scrape())
                    .contains("coldstream_llm_requests_total{outcome=\"scored\"} 1.0")
                    .contains("coldstream_llm_requests_total{outcome=\"try_again\"} 2.0")
                    .contains("coldstream_llm_requests_total{outcome=\"refused\"} 1.0")
                    .contains("coldstream_llm_calls_total{result=\"answered\"} 1.0")
                    .doesNotContain("coldstream_llm_tokens_total{kind=\"prompt\"} 0.0")
                    .doesNotContain("coldstream_llm_tokens_total{kind=\"completion\"} 0.0");
        }
    }

    @Test
    void withTheEndpointIllAMixtureGoesOnWithTheEncoderUnderItsOwnName() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(failing(500));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider",
                    "mixture",
                    "scorer.openai.base-url",
                    chat.url().toString()));
            stream.announce(catalogue(CATALOGUE));
            Await.until("every text has a vector", () -> worker.progress().itemVectors() == CATALOGUE);

            stream.ask(request("r1", "i3"));

            SoftScores answer =
                    Json.read(stream.read(topics.softScores(), 1).get(0).value(), SoftScores.class);
            assertThat(chat.count()).isPositive();
            assertThat(answer.model()).isEqualTo(BgeSmallEncoder.NAME);
            assertThat(answer.promptVersion()).isEqualTo("cosine-v1");
            assertThat(meters.scrape()).contains("coldstream_llm_mixture_total{answered_by=\"fallback\"} 1.0");
        }
    }

    @Test
    void closesLongBeforeTheAnswerOfAChatModelThatKeepsItWaiting() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(slow(Duration.ofMinutes(1), everyScore("0.5")));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider",
                    "openai",
                    "scorer.openai.base-url",
                    chat.url().toString()));
            stream.announce(catalogue(CATALOGUE));
            stream.ask(request("r1", "i3"));
            Await.until("the chat model is asked", () -> chat.count() > 0);

            long start = System.nanoTime();
            worker.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }
}
