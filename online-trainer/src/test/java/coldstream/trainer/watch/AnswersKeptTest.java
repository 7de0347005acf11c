package coldstream.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswersKeptTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final AnswersKept kept = new AnswersKept();

    /** Scores of a, b, c … */
    private static SoftScores answer(long version, String hidden, double... scores) {
        List<SoftScores.ItemScore> items = new ArrayList<>();
        for (int k = 0; k < scores.length; k++) {
            items.add(new SoftScores.ItemScore(new ItemId("" + (char) ('a' + k)), scores[k]));
        }
        return new SoftScores(
                "r",
                new UserId("u"),
                items,
                hidden.isEmpty() ? Optional.empty() : Optional.of(new ItemId(hidden)),
                "model",
                "v1",
                1,
                NOON,
                version,
                NOON);
    }

    private static Sample event(String user, String item, int label, long count, Instant at) {
        return new Sample(
                "s",
                new UserId(user),
                new ItemId(item),
                label,
                OptionalDouble.empty(),
                1,
                List.of(),
                count,
                1,
                false,
                false,
                at,
                at);
    }

    private double right(String item, int label) {
        return kept.right(event("u", item, label, 3, NOON.plusSeconds(1)));
    }

    @Test
    void anAnswerIsAsRightAsTheShareOfItsOtherItemsThatItPutsBelow() {
        kept.answered(answer(3, "", 0.9, 0.5, 0.5, 0.1));
        assertThat(right("a", 1)).isEqualTo(1);
        assertThat(right("b", 1)).isEqualTo(1.5 / 3);
        assertThat(right("d", 1)).isZero();
        assertThat(right("d", 0)).as("refused").isEqualTo(1);
    }

    @Test
    void onlyAnAnswerFromStrictlyBeforeIsHeldAgainstAnEvent() {
        kept.answered(answer(3, "", 0.9, 0.5));
        assertThat(right("e", 1)).as("another item").isNaN();
        assertThat(kept.right(event("v", "a", 1, 3, NOON.plusSeconds(1))))
                .as("another user")
                .isNaN();
        assertThat(kept.right(event("u", "a", 1, 2, NOON.plusSeconds(1))))
                .as("it knew of the event")
                .isNaN();
        assertThat(kept.right(event("u", "a", 1, 3, NOON))).as("no later").isNaN();
        assertThat(kept.right(event("u", "a", 1, 30, NOON.plusSeconds(1))))
                .as("stale")
                .isNaN();
        kept.answered(answer(2, "", 0.1, 0.5));
        assertThat(right("a", 1)).as("the one asked later stays").isEqualTo(1);
    }

    @Test
    void whatAnAuditHidIsHeldAgainstTheAuditAlone() {
        SoftScores audit = answer(3, "b", 0.9, 0.5, 0.4, 0.1, 0.5);
        kept.answered(audit);
        assertThat(AnswersKept.right(audit)).isEqualTo(2.5 / 4);
        assertThat(AnswersKept.right(answer(3, "", 0.9, 0.5))).isNaN();
        assertThat(right("b", 1)).isNaN();
        assertThat(right("c", 1)).isEqualTo(1.0 / 3);
    }
}
