package coldstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Interaction;
import coldstream.testkit.Examples;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final Interaction RATING = Examples.rating("1", Examples.ANN, Examples.FILM, 2, Examples.NOON);

    @Test
    void implicitSendsARatingAsAClickAndKeepsEverythingElse() {
        Interaction sent = Labels.IMPLICIT.apply(RATING);

        assertThat(sent.type()).isEqualTo("click");
        assertThat(sent).usingRecursiveComparison().ignoringFields("type").isEqualTo(RATING);
    }

    @Test
    void explicitLeavesRatingsAndClicksAsTheyAre() {
        Interaction click = Examples.click("2", Examples.ANN, Examples.FILM, Examples.NOON);

        assertThat(Labels.EXPLICIT.apply(RATING)).isEqualTo(RATING);
        assertThat(Labels.EXPLICIT.apply(click)).isEqualTo(click);
    }
}
