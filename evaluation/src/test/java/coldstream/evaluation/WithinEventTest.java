package coldstream.evaluation;

import static coldstream.evaluation.ScoredEvents.WARM_HEAD;
import static coldstream.evaluation.ScoredEvents.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class WithinEventTest {

    private final WithinEvent within = new WithinEvent();

    @Test
    void isTheMeanOverEventsOfTheShareBelow() {
        within.add(WARM_HEAD.logits(1, head(0), head(1), head(2), head(3)));
        within.add(WARM_HEAD.userCount(0).logits(100, head(99), head(98)));
        within.add(WARM_HEAD.newItem().logits(0, head(1)));

        assertThat(area("overall")).isEqualTo((1.5 / 4 + 1) / 2, within(1e-12));
        assertThat(area("warm_head")).isEqualTo(1.5 / 4, within(1e-12));
        assertThat(area("history_0")).isEqualTo(1);
        assertThat(area("new_item")).isZero();
    }

    @Test
    void whatCannotBeComparedIsIgnored() {
        within.add(WARM_HEAD.logits(1));
        within.add(WARM_HEAD.notScored().logits(1, head(0)));
        within.add(WARM_HEAD.label(0).logits(1, head(0)));

        assertThat(within.events()).isZero();
        assertThat(within.areas(PairedBootstrap.DEFAULT).strata()).isEmpty();
    }

    @Test
    void drawsWeighUsers() {
        within.add(WARM_HEAD.by("ada").logits(1, head(0)));
        within.add(WARM_HEAD.by("ada").logits(1, head(0)));
        within.add(WARM_HEAD.by("bob").logits(0, head(1)));

        assertThat(Objects.requireNonNull(
                                within.areas(PairedBootstrap.DEFAULT).strata().get("overall"))
                        .drawn())
                .contains(0.0, 1.0)
                .allSatisfy(mean -> assertThat(mean).isIn(0.0, 2 / 3.0, 1.0));
    }

    private double area(String stratum) {
        return Objects.requireNonNull(
                        within.areas(PairedBootstrap.DEFAULT).strata().get(stratum))
                .area();
    }
}
