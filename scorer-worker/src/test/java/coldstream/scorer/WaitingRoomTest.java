package coldstream.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.ScoringClaims.Claim;
import coldstream.domain.UserId;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom();

    @Test
    void theBestComesFirstAndOfEqualsTheOneThatCameFirst() {
        Work first = work(0.5, Reason.COLD_USER);
        Work second = work(0.5, Reason.COLD_USER);
        Work best = work(0.9, Reason.COLD_USER);
        List.of(first, second, best).forEach(room::enter);

        assertThat(room.takeBest()).isSameAs(best);
        assertThat(room.takeBest()).isSameAs(first);
        assertThat(room.takeBest()).isSameAs(second);
        assertThat(room.takeBest()).isNull();
    }

    @Test
    void whoMustPauseIsNotReadyBeforeItsTime() {
        room.enterAgain(work(0.5, Reason.COLD_USER), Duration.ofHours(1));

        assertThat(room.ready()).isZero();
        assertThat(room.size()).isEqualTo(1);
        assertThat(room.takeBest()).isNull();
    }

    @Test
    void whoMustPauseIsReadyOnceItsTimeHasCome() throws InterruptedException {
        Work work = work(0.5, Reason.COLD_USER);
        long start = System.nanoTime();
        room.enterAgain(work, Duration.ofMillis(200));

        while (room.ready() == 0) {
            room.await(Duration.ofMinutes(10));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(200), Duration.ofMinutes(5));
        assertThat(room.takeBest()).isSameAs(work);
    }

    @Test
    void theImpatientGoAndAuditsStay() {
        Work cold = work(0.5, Reason.COLD_USER);
        Work audit = work(2, Reason.AUDIT);
        room.enter(cold);
        room.enter(audit);

        assertThat(room.takeImpatient(Duration.ofMinutes(1))).isEmpty();
        assertThat(room.takeImpatient(Duration.ZERO)).containsExactly(cold);
        assertThat(room.takeBest()).isSameAs(audit);
    }

    @Test
    void theForgottenAreNeverAsked() {
        Work ready = work(0.5, Reason.COLD_USER);
        Work pausing = work(0.5, Reason.COLD_USER);
        room.enter(ready);
        room.enterAgain(pausing, Duration.ofMinutes(1));

        room.forget(ready);
        room.forget(pausing);

        assertThat(room.size()).isZero();
    }

    private static Work work(double worth, Reason reason) {
        ScoreRequest request =
                new ScoreRequest("r", new UserId("u"), List.of(), reason, List.of(), 1, Items.NOON, Items.NOON);
        return new Work(
                new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]),
                request,
                new Claim(request.user(), "r", "me"),
                worth,
                (finished, decision) -> {});
    }
}
