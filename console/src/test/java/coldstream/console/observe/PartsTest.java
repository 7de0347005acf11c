package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.console.observe.Health.Part;
import coldstream.console.observe.Health.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Parts parts = new Parts(Duration.ofSeconds(15));

    private Part part(String name, Instant now) {
        return parts.parts(now).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nobodyIsWellBeforeItWasHeard() {
        assertThat(parts.parts(NOON)).extracting(Part::state).containsOnly("unknown");
        assertThat(parts.whole(NOON)).isEqualTo("unknown");
    }

    @Test
    void whoDoesNotAnswerOnceMayOnlyBePausingAndIsDownAfterAWhile() {
        parts.heard(Places.SERVING, State.OK, 1.0, "answers", NOON);
        parts.silent(Places.SERVING, "no whole answer in time", NOON.plusSeconds(5));
        assertThat(part(Places.SERVING, NOON.plusSeconds(5)).state()).isEqualTo("ok");

        parts.silent(Places.SERVING, "no whole answer in time", NOON.plusSeconds(16));
        Part down = part(Places.SERVING, NOON.plusSeconds(20));
        assertThat(down.state()).isEqualTo("down");
        assertThat(down.since()).isEqualTo(NOON.plusSeconds(16));
        assertThat(down.ageSeconds()).isEqualTo(20);
        assertThat(down.freshnessSeconds()).isNull();
    }

    @Test
    void aStateBeganWhenItWasFirstSo() {
        parts.heard(Places.LEARNING, State.OK, null, "learns", NOON);
        parts.heard(Places.LEARNING, State.OK, null, "learns", NOON.plusSeconds(5));
        assertThat(part(Places.LEARNING, NOON.plusSeconds(5)).since()).isEqualTo(NOON);

        parts.heard(Places.LEARNING, State.LATE, null, "waits", NOON.plusSeconds(10));
        assertThat(part(Places.LEARNING, NOON.plusSeconds(10)).since()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void theWholeIsTheWorstOfLearningServingAndScoring() {
        for (String name : new String[] {Places.LEARNING, Places.SERVING, Places.SCORING}) {
            parts.heard(name, State.OK, null, "well", NOON);
        }
        parts.silent(Parts.REDIS, "gone", NOON);
        assertThat(parts.whole(NOON)).isEqualTo("ok");

        parts.heard(Places.SCORING, State.LATE, null, "waits", NOON);
        assertThat(parts.whole(NOON)).isEqualTo("late");
        parts.heard(Places.SERVING, State.DOWN, null, "is not ready", NOON);
        assertThat(parts.whole(NOON)).isEqualTo("down");
    }

    @Test
    void whoIsNotAskedAnyMoreIsLate() {
        parts.heard(Places.LEARNING, State.OK, null, "learns", NOON);

        assertThat(part(Places.LEARNING, NOON.plusSeconds(16)).state()).isEqualTo("late");
    }
}
