package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.UserId;
import coldstream.model.Signal;
import coldstream.trainer.learning.Opinions.Opinion;
import org.junit.jupiter.api.Test;

class OpinionsTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final Opinions opinions = new Opinions();

    private static Opinion opinion(double logit) {
        return new Opinion(logit, new Residual.Input(new Signal((float) logit, 0), 1, 0));
    }

    @Test
    void whatAUserLikesIsComparedWithWhatTheSameUserDislikedLast() {
        assertThat(opinions.add(ANN, false, opinion(1))).isEmpty();
        assertThat(opinions.add(ANN, false, opinion(2))).isEmpty();
        assertThat(opinions.add(ANN, true, opinion(5)))
                .contains(new Residual.Comparison(
                        3, opinion(5).input(), opinion(2).input()));
        assertThat(opinions.add(ANN, false, opinion(4)))
                .contains(new Residual.Comparison(
                        1, opinion(5).input(), opinion(4).input()));
    }

    @Test
    void opinionsOfDifferentUsersAreNeverCompared() {
        opinions.add(ANN, false, opinion(1));
        assertThat(opinions.add(BOB, true, opinion(5))).isEmpty();
    }

    @Test
    void onlyUsersHeardOfLastAreRemembered() {
        opinions.add(ANN, false, opinion(1));
        opinions.add(BOB, false, opinion(1));
        for (int k = 0; k < Opinions.USERS - 1; k++) {
            opinions.add(new UserId("user-" + k), true, opinion(1));
            opinions.add(BOB, false, opinion(k));
        }
        assertThat(opinions.all()).hasSize(Opinions.USERS);
        assertThat(opinions.add(BOB, true, opinion(1))).isPresent();
        assertThat(opinions.add(ANN, true, opinion(1))).isEmpty();
    }

    @Test
    void whatIsPutBackInItsOrderIsForgottenInThatOrder() {
        opinions.add(ANN, false, opinion(1));
        opinions.add(BOB, true, opinion(2));
        opinions.add(ANN, true, opinion(3));
        Opinions restored = new Opinions();
        opinions.all().forEach(restored::put);
        assertThat(restored.all()).isEqualTo(opinions.all());
        assertThat(restored.all()).extracting(Opinions.OfUser::user).containsExactly(BOB, ANN);
    }
}
