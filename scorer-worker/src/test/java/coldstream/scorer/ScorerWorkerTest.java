package coldstream.scorer;

import static coldstream.scorer.Items.NOON;
import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.popularity;
import static coldstream.scorer.Items.request;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisPopularityStore;
import coldstream.scorestore.RedisProfileStore;
import coldstream.scorestore.RedisScoreStore;
import coldstream.testkit.Await;
import coldstream.textencoder.BgeSmallEncoder;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the whole worker makes of items and requests. */
class ScorerWorkerTest extends RunningWorkers {

    @Test
    void aRequestBecomesScoresInRedisAndInTheTopic() throws Exception {
        RedisConnection redis = opened(RedisConnection.to(REDIS.url(), Duration.ofSeconds(30)));
        new RedisPopularityStore(redis, RedisBounds.DEFAULTS).putAll(popularity(30));
        ScorerWorker worker = started(Map.of("scorer.audit-share", "1"));
        stream.announce(catalogue(CATALOGUE));
        Await.until("every text has a vector", () -> worker.progress().itemVectors() == CATALOGUE);

        stream.ask(request("r1", "i3", "i7"));

        ConsumerRecord<byte[], byte[]> record =
                stream.read(topics.softScores(), 1).get(0);
        SoftScores scores = Json.read(record.value(), SoftScores.class);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("u1");
        assertThat(scores.requestId()).isEqualTo("r1");
        assertThat(scores.hidden()).contains(new ItemId("i7"));
        assertThat(scores.historyVersion()).isEqualTo(2);
        assertThat(scores.historyMaxTime()).isEqualTo(NOON);
        assertThat(scores.model()).isEqualTo(BgeSmallEncoder.NAME);
        assertThat(scores.promptVersion()).isEqualTo("cosine-v1");
        assertThat(scores.scores())
                .hasSize(20)
                .extracting(ItemScore::item)
                .contains(new ItemId("i7"))
                .doesNotContain(new ItemId("i3"));
        assertThat(scores.scores()).extracting(ItemScore::score).contains(0.0, 1.0);
        var stored = Await.value("the scores are in redis", () -> {
            var found = new RedisScoreStore(redis, RedisBounds.DEFAULTS).find(USER);
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        });
        assertThat(stored).hasSize(20);
        scores.scores().forEach(score -> assertThat(stored.get(score.item()))
                .isNotNull()
                .satisfies(kept -> assertThat(kept.score()).isEqualTo(score.score()))
                .satisfies(kept -> assertThat(kept.requestId()).isEqualTo("r1")));
        Await.until("the counters agree", () -> meters.scrape()
                .contains("coldstream_llm_requests_total{outcome=\"scored\"} 1.0"));
        assertThat(meters.scrape())
                .contains("coldstream_llm_requests_total{outcome=\"try_again\"} 0.0")
                .contains("coldstream_llm_requests_total{outcome=\"refused\"} 0.0")
                .contains("coldstream_llm_tokens_total{kind=\"prompt\"} 0.0")
                .contains("coldstream_items 60.0")
                .contains("coldstream_item_vectors 60.0");
        ScorerProgress whole = new ScorerProgress(CATALOGUE, CATALOGUE, 1, 0, 20);
        Await.until("so does the progress", () -> worker.progress().equals(whole));
    }

    @Test
    void aColdUsersRequestBecomesAProfileInRedisAndInTheTopicOnce() throws Exception {
        RedisConnection redis = opened(RedisConnection.to(REDIS.url(), Duration.ofSeconds(30)));
        started(Map.of("scorer.profiles", "true"));
        stream.announce(catalogue(CATALOGUE));

        stream.ask(request("r1", "i3", "i7"));
        stream.read(topics.tasteProfiles(), 1);
        stream.ask(request("r2", "i3", "i7", "i9"));
        stream.read(topics.softScores(), 2);
        Await.until("both requests were looked at", () -> meters.scrape()
                .contains("coldstream_profiles_total{outcome=\"not_due\"} 1.0"));

        List<ConsumerRecord<byte[], byte[]>> records = stream.all(topics.tasteProfiles());
        assertThat(records).hasSize(1);
        TasteProfile profile = Json.read(records.get(0).value(), TasteProfile.class);
        assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("u1");
        assertThat(profile.historyVersion()).isEqualTo(2);
        assertThat(profile.encoder()).isEqualTo(BgeSmallEncoder.NAME);
        assertThat(profile.vector().dimension()).isEqualTo(BgeSmallEncoder.DIMENSION);
        assertThat(new RedisProfileStore(redis, RedisBounds.DEFAULTS).find(USER))
                .contains(profile);
        assertThat(meters.scrape()).contains("coldstream_profiles_total{outcome=\"made\"} 1.0");
    }

    @Test
    void aTailItemMakesTheWorkerAskAboutUsersWhoCouldLikeIt() {
        ScorerWorker worker = started(Map.of("scorer.tail-users", "1"));
        stream.announce(catalogue(CATALOGUE));
        Await.until("every text has a vector", () -> worker.progress().itemVectors() == CATALOGUE);
        stream.ask(new ScoreRequest(
                "r1",
                new UserId("u2"),
                List.of(new ItemId("i3")),
                ScoreRequest.Reason.COLD_USER,
                List.of(),
                1,
                NOON,
                NOON));

        AtomicInteger asked = new AtomicInteger(); // until the first request is known
        Await.until("another user is asked about", () -> {
            stream.ask(new ScoreRequest(
                    "t" + asked.incrementAndGet(),
                    USER,
                    List.of(new ItemId("i13")),
                    ScoreRequest.Reason.TAIL_ITEM,
                    List.of(new ItemId("i13")),
                    1,
                    NOON,
                    NOON));
            return stream.all(topics.softScores()).stream()
                    .map(record -> Json.read(record.value(), SoftScores.class))
                    .anyMatch(scores -> scores.requestId().equals("tail|i13|u2|1")
                            && scores.user().equals(new UserId("u2"))
                            && scores.scores().stream()
                                    .anyMatch(score -> score.item().equals(new ItemId("i13"))));
        });
    }

    @Test
    void aSecondWorkerEncodesNothingAgainAndAChangedTextOnce() throws Exception {
        ScorerWorker first = started(Map.of());
        stream.announce(catalogue(CATALOGUE));
        Await.until("every text has a vector", () -> first.progress().itemVectors() == CATALOGUE);
        first.close();

        ScorerWorker second = started(Map.of());
        Await.until("the second has read everything", () -> second.ready());
        assertThat(second.progress().itemVectors()).isEqualTo(CATALOGUE);
        stream.announce(List.of(Items.item("i1", "category 1"), Items.item("i2", "quite another category")));

        List<ConsumerRecord<byte[], byte[]>> vectors = stream.read(topics.itemVectors(), CATALOGUE + 1);
        assertThat(vectors).hasSize(CATALOGUE + 1);
        assertThat(vectors.stream()
                        .map(record -> Json.read(record.value(), ItemVector.class))
                        .filter(vector -> vector.item().equals(new ItemId("i2")))
                        .map(ItemVector::textHash)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aRetiredItemLosesItsVectorAndIsNeverAskedAbout() throws Exception {
        ScorerWorker worker = started(Map.of("scorer.popularity-refresh", "100ms"));
        stream.announce(catalogue(21));
        Await.until("every text has a vector", () -> worker.progress().itemVectors() == 21);

        stream.retire(new ItemId("i5"));
        Await.until(
                "it is gone",
                () -> worker.progress().items() == 20 && worker.progress().itemVectors() == 20);
        assertThat(stream.read(topics.itemVectors(), 22)).anySatisfy(record -> {
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("i5");
            assertThat(record.value()).isNull();
        });
        Await.until("no question has it", () -> {
            int before = stream.all(topics.softScores()).size();
            stream.ask(request("r" + before, "i3"));
            byte[] last = stream.read(topics.softScores(), before + 1).stream()
                    .filter(record -> Json.read(record.value(), SoftScores.class)
                            .requestId()
                            .equals("r" + before))
                    .findFirst()
                    .orElseThrow()
                    .value();
            return Json.read(last, SoftScores.class).scores().stream()
                    .noneMatch(score -> score.item().equals(new ItemId("i5")));
        });
    }
}
