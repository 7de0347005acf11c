package coldstream.scorestore;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import coldstream.domain.PopularityStore;
import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreStore;
import coldstream.domain.ScoreTranscript;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.TranscriptStore;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import coldstream.testkit.ItemPriorStoreContract;
import coldstream.testkit.PopularityStoreContract;
import coldstream.testkit.ProfileStoreContract;
import coldstream.testkit.RedisExtension;
import coldstream.testkit.ScoreStoreContract;
import coldstream.testkit.UserContextStoreContract;
import coldstream.testkit.UserStateStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The adapters keep the contracts on a real Redis, and what they write there has bounds and a fixed form. */
@Tag("integration")
class RedisStoresTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final RedisBounds BOUNDS =
            new RedisBounds(40, Duration.ofMinutes(1), Duration.ofMinutes(2), 3, Duration.ofMinutes(3));

    private static RedisConnection connection;

    @BeforeAll
    static void connect() {
        connection = RedisConnection.to(REDIS.url(), Duration.ofSeconds(30));
    }

    @AfterAll
    static void disconnect() {
        connection.close();
    }

    @Nested
    class Scores extends ScoreStoreContract {

        @Override
        protected ScoreStore emptyStore() {
            return new RedisScoreStore(connection, BOUNDS);
        }

        @Test
        void keepsTheNewestScoresWithinTheBound() {
            ScoreStore store = emptyStore();

            IntStream.range(0, 100).forEach(i -> store.put(scored(NOON.plusSeconds(i), "i" + i)));

            assertThat(store.find(new UserId("u1")))
                    .hasSizeBetween(BOUNDS.scoresPerUser() * 3 / 4, BOUNDS.scoresPerUser())
                    .containsKey(new ItemId("i99"))
                    .containsKey(new ItemId("i75"))
                    .doesNotContainKey(new ItemId("i59"));
        }

        @Test
        void aForeignValueIsLeftOut() {
            connection.call(
                    redis -> redis.hset("cs:v1:{u1}:soft", Map.of("i1", "not ours", "i2", "{\"score\":\"1\"}")));
            ScoreStore store = emptyStore();
            assertThat(store.find(new UserId("u1"))).isEmpty();

            store.put(scored(NOON, "i1"));

            assertThat(store.find(new UserId("u1"))).containsOnlyKeys(new ItemId("i1"));
        }
    }

    @Nested
    class States extends UserStateStoreContract {

        @Override
        protected UserStateStore emptyStore() {
            return new RedisUserStateStore(connection, BOUNDS);
        }
    }

    @Nested
    class Profiles extends ProfileStoreContract {

        @Override
        protected ProfileStore emptyStore() {
            return new RedisProfileStore(connection, BOUNDS);
        }

        @Test
        void aForeignValueIsLeftOutAndReplaced() {
            connection.call(
                    redis -> redis.hset("cs:v1:{u1}:profile", Map.of("version", "many", "profile", "not ours")));
            ProfileStore store = emptyStore();
            assertThat(store.find(new UserId("u1"))).isEmpty();

            store.put(profile("u1", 1, 0));

            assertThat(store.find(new UserId("u1"))).contains(profile("u1", 1, 0));
        }
    }

    @Nested
    class Priors extends ItemPriorStoreContract {

        @Override
        protected ItemPriorStore emptyStore(int most) {
            return new RedisItemPriorStore(connection, "a model " + UUID.randomUUID(), most, Duration.ofMinutes(1));
        }

        @Test
        void anotherWorkerKnowsWhatOneObservedAndAnotherModelDoesNot() {
            ItemId tea = new ItemId("tea");
            String model = "shared " + UUID.randomUUID();
            new RedisItemPriorStore(connection, model, 9, Duration.ofMinutes(1)).observe(Map.of(tea, 0.5));

            assertThat(new RedisItemPriorStore(connection, model, 9, Duration.ofMinutes(1)).find(List.of(tea)))
                    .containsEntry(tea, new ItemPriorStore.Sum(0.5, 1));
            assertThat(new RedisItemPriorStore(connection, "other", 9, Duration.ofMinutes(1)).find(List.of(tea)))
                    .isEmpty();
            long left = connection.call(redis -> redis.pttl(RedisKeys.prior(model)));
            assertThat(left).isBetween(1L, 60_000L);
        }

        @Test
        void aForeignValueIsLeftOut() {
            connection.call(redis ->
                    redis.hset(RedisKeys.prior("foreign"), Map.of("a", "x y", "b", "1", "c", "9 1", "d", "0.5 2")));

            assertThat(new RedisItemPriorStore(connection, "foreign", 9, Duration.ofMinutes(1))
                            .find(List.of(new ItemId("a"), new ItemId("b"), new ItemId("c"), new ItemId("d"))))
                    .containsOnlyKeys(new ItemId("d"));
        }
    }

    @Nested
    class Transcripts {

        private static final int PLACES = 5;

        private ScoreTranscript of(String user, String request) {
            return new ScoreTranscript(
                    request,
                    new UserId(user),
                    "a model",
                    "scored",
                    List.of(new ScoreTranscript.Call("judge", "line \"one\"\n{two} \u00e4", "{}")),
                    2,
                    NOON);
        }

        @Test
        void theLastOfAUserIsKeptForAWhile() {
            TranscriptStore store = new RedisTranscriptStore(connection, 1_000, Duration.ofMinutes(1));

            store.put(of("last}:x", "r1"));
            store.put(of("last}:x", "r2"));

            assertThat(store.find(new UserId("last}:x"))).contains(of("last}:x", "r2"));
            assertThat(store.find(new UserId("nobody"))).isEmpty();
            long left = connection.call(redis -> redis.pttl(RedisKeys.transcript(new UserId("last}:x"))));
            assertThat(left).isBetween(1L, 60_000L);
        }

        @Test
        void thereAreNoMoreThanPlacesHoweverManyUsersThereAre() {
            TranscriptStore store = new RedisTranscriptStore(connection, PLACES, Duration.ofMinutes(1));
            List<UserId> users =
                    IntStream.range(0, 60).mapToObj(i -> new UserId("many" + i)).toList();

            users.forEach(user -> store.put(of(user.value(), "r")));

            assertThat(users.stream().filter(user -> store.find(user).isPresent()))
                    .hasSize(PLACES);
            assertThat(store.find(users.get(59))).isPresent();
        }
    }

    @Nested
    class Contexts extends UserContextStoreContract {

        @Override
        protected Stores emptyStores() {
            return new Stores(
                    new RedisUserStateStore(connection, BOUNDS),
                    new RedisScoreStore(connection, BOUNDS),
                    new RedisProfileStore(connection, BOUNDS),
                    new RedisUserContextStore(connection));
        }
    }

    @Nested
    class Popularity extends PopularityStoreContract {

        @Override
        protected PopularityStore emptyStore() {
            return new RedisPopularityStore(connection, BOUNDS);
        }

        @Test
        void keepsOnlyTheMostPopular() {
            PopularityStore store = emptyStore();
            Map<ItemId, Long> counts = new HashMap<>();
            IntStream.range(1, 100).forEach(i -> counts.put(new ItemId("i" + i), (long) i));

            store.putAll(counts);

            assertThat(store.top(100)).containsOnlyKeys(new ItemId("i99"), new ItemId("i98"), new ItemId("i97"));
        }
    }

    @Test
    void everyKeyHasATimeToLive() {
        putOneOfEach();

        assertThat(secondsToLive("cs:v1:{u%3A1}:soft")).isBetween(50L, 60L);
        assertThat(secondsToLive("cs:v1:{u%3A1}:state")).isBetween(110L, 120L);
        assertThat(secondsToLive("cs:v1:{u%3A1}:profile")).isBetween(110L, 120L);
        assertThat(secondsToLive("cs:v1:popular")).isBetween(170L, 180L);
    }

    /** What is in Redis outlives the process: other versions read it, and people with redis-cli. */
    @Test
    void keyFormatV1IsStable() {
        putOneOfEach();

        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "cs:v1:{u%3A1}:soft", "cs:v1:{u%3A1}:state", "cs:v1:{u%3A1}:profile", "cs:v1:popular");
        assertThat(hash("cs:v1:{u%3A1}:soft"))
                .containsExactlyEntriesOf(
                        Map.of(
                                "i:1",
                                "{\"time\":\"2026-01-31T12:00:00.000Z\",\"score\":0.25,\"request\":\"r1\",\"model\":\"m1\",\"version\":1}"));
        assertThat(hash("cs:v1:{u%3A1}:state"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("count", "2", "negatives", "0", "history", "[\"i:1\",\"i2\"]"));
        assertThat(hash("cs:v1:{u%3A1}:profile"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("version", "1", "written", "1769860800000", "profile", """
                        {"user":"u:1","text":"films","vector":"AACAPwAAAL8=","encoder":"bge","model":"m1",\
                        "prompt_version":"v1","history_version":1,"history_max_time":"2026-01-31T12:00:00Z",\
                        "written_at":"2026-01-31T12:00:00Z"}"""));
        double count = connection.call(redis -> redis.zscore("cs:v1:popular", "i:1"));
        assertThat(count).isEqualTo(7);
        assertThat(RedisKeys.softScores(new UserId("ä {b}/~"))).isEqualTo("cs:v1:{%C3%A4%20%7Bb%7D%2F~}:soft");
    }

    private static long secondsToLive(String key) {
        return connection.call(redis -> redis.ttl(key));
    }

    private static Set<String> keys() {
        return connection.call(redis -> redis.keys("*"));
    }

    private static Map<String, String> hash(String key) {
        return connection.call(redis -> redis.hgetAll(key));
    }

    private static void putOneOfEach() {
        UserId user = new UserId("u:1");
        new RedisScoreStore(connection, BOUNDS)
                .put(new SoftScores(
                        "r1",
                        user,
                        List.of(new ItemScore(new ItemId("i:1"), 0.25)),
                        Optional.empty(),
                        "m1",
                        "v1",
                        1,
                        NOON,
                        1,
                        NOON));
        new RedisUserStateStore(connection, BOUNDS)
                .putAll(Map.of(user, new UserState(List.of(new ItemId("i:1"), new ItemId("i2")), 2)));
        new RedisProfileStore(connection, BOUNDS)
                .put(new TasteProfile(user, "films", TextVector.of(1, -0.5f), "bge", "m1", "v1", 1, NOON, NOON));
        new RedisPopularityStore(connection, BOUNDS).putAll(Map.of(new ItemId("i:1"), 7L));
    }

    private static SoftScores scored(Instant at, String item) {
        return new SoftScores(
                "r " + at,
                new UserId("u1"),
                List.of(new ItemScore(new ItemId(item), 0.5)),
                Optional.empty(),
                "m1",
                "v1",
                1,
                at,
                1,
                at);
    }
}
