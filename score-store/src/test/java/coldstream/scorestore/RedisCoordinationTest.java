package coldstream.scorestore;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ScoringClaims;
import coldstream.domain.ScoringClaims.Claim;
import coldstream.domain.ScoringClaims.Times;
import coldstream.domain.Spend;
import coldstream.domain.SpendLedger;
import coldstream.domain.SpendLimits;
import coldstream.domain.UserId;
import coldstream.testkit.RedisExtension;
import coldstream.testkit.ScoringClaimsContract;
import coldstream.testkit.SpendLedgerContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What workers agree on by a real Redis: who answers for a user, and what may still be spent. */
@Tag("integration")
class RedisCoordinationTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

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
    class Claims extends ScoringClaimsContract {

        @Override
        protected ScoringClaims noClaims(Times times) {
            return new RedisScoringClaims(connection, times);
        }
    }

    @Nested
    class Ledger extends SpendLedgerContract {

        @Override
        protected SpendLedger emptyLedger(InstantSource clock) {
            return new RedisSpendLedger(connection, clock);
        }
    }

    @Test
    void workersThatBookAtTheSameTimeNeverBookMoreThanTheLimit() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> booked = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            booked.add(workers.submit(() -> {
                SpendLedger ledger = new RedisSpendLedger(connection, () -> NOON);
                int questions = 0;
                for (int k = 0; k < 100; k++) {
                    questions += ledger.book(2, new Spend(1, 10, 3), Spend.NONE, new SpendLimits(301, 0, 0, 0))
                            .questions();
                }
                return questions;
            }));
        }

        int all = 0;
        for (Future<Integer> one : booked) {
            all += one.get();
        }
        workers.shutdownNow();
        assertThat(all).isEqualTo(301);
    }

    /** Others may look with redis-cli, and workers of two versions run side by side. */
    @Test
    void keysHaveAFixedFormAndATimeToLive() {
        ScoringClaims claims = new RedisScoringClaims(
                connection, new Times(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(30)));
        claims.claim(List.of(new Claim(new UserId("u:1"), "r:1", "me"), new Claim(new UserId("u2"), "r2", "me")));
        claims.answered(List.of(new Claim(new UserId("u2"), "r2", "me")));
        new RedisSpendLedger(connection, () -> NOON).book(2, new Spend(1, 10, 3), Spend.NONE, SpendLimits.NONE);

        Set<String> keys = connection.call(redis -> redis.keys("*"));

        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "cs:v1:{u%3A1}:claim",
                        "cs:v1:{u2}:debounce",
                        "cs:v1:{u2}:answered:r2",
                        "cs:v1:{spend}:minute",
                        "cs:v1:{spend}:day:20484");
        for (String key : keys) {
            long left = connection.call(redis -> redis.pttl(key));
            assertThat(left).as(key).isPositive();
        }
        String owner = connection.call(redis -> redis.get("cs:v1:{u%3A1}:claim"));
        assertThat(owner).isEqualTo("me");
        Map<String, String> day = connection.call(redis -> redis.hgetAll("cs:v1:{spend}:day:20484"));
        assertThat(day).containsEntry("r", "2").containsEntry("t", "20").containsEntry("m", "6");
    }
}
