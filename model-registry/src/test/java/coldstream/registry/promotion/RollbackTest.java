package coldstream.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.Evidence;
import coldstream.wire.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes a champion, or what is learnt on top of it, back. */
class RollbackTest extends PromotionScenes {

    RollbackTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void weightsThatAreLearntWorseThanTheChampionNoLongerServeOnTopOfIt() {
        PromotionRig rig = trial();
        rig.evidence("live", "1", GOOD);
        assertThat(rig.tag(1, "deltas")).isEmpty();

        rig.evidence("live", "1", WORSE);
        rig.evidence("live", "1", WORSE);

        assertThat(rig.tag(1, "deltas")).contains("hold");
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "DELTAS_HELD 1");
        assertThat(rig.last().why()).startsWith("the weights that are being learnt are worse in overall");
    }

    @Test
    void aVersionGoneBackToServesAsItWasPublished() {
        PromotionRig rig = trial();
        rig.evidence(2, 1, GOOD);
        rig.evidence(2, 1, WORSE);

        assertThat(rig.tag(1, "deltas")).contains("hold");
        assertThat(rig.tag(2, "deltas")).isEmpty();
    }

    @Test
    void aFreshChampionThatIsWorseThanTheOneBeforeIsTakenBackOnce() {
        PromotionRig rig = trial("cool-down", "5m");
        rig.evidence(2, 1, GOOD);
        rig.version(0.9);
        assertThat(rig.alias("candidate")).contains(3);

        rig.evidence(2, 1, WORSE);

        assertThat(rig.alias("champion")).contains(1);
        assertThat(rig.alias("previous")).isEmpty();
        assertThat(rig.alias("candidate")).isEmpty();
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "PROMOTED 2", "ROLLED_BACK 1");
        assertThat(rig.last().why()).startsWith("version 2 is worse in overall: the AUC is at least 0.09");
        assertThat(rig.last().details()).containsEntry("overall.difference", "-0.1000");
        assertThat(rig.tag(2, "rolled_back")).isPresent();

        rig.evidence(2, 1, GOOD); // late, and no longer asked for
        rig.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(rig.decisions()).hasSize(3);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.alias("candidate")).contains(3);
        assertThat(rig.promotion.comparisons("ctr")).contains(new Comparison("3", "1"));
    }

    @Test
    void aChampionThatStoodItsWatchIsNotTakenBack() {
        PromotionRig rig = trial("watch-time", "30m");
        rig.evidence(2, 1, GOOD);
        rig.pass(Duration.ofMinutes(30));

        rig.evidence(2, 1, WORSE);

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.promotion.comparisons("ctr")).containsExactly(new Comparison(Evidence.LIVE, "2"));
    }

    @Test
    void aChampionSetByHandIsWatchedToo() {
        PromotionRig rig = trial();
        rig.setChampion(2);
        assertThat(rig.promotion.comparisons("ctr")).contains(new Comparison("2", "1"));

        rig.evidence(2, 1, WORSE);

        assertThat(rig.alias("champion")).contains(1);
    }

    @Test
    void whoGoesBackByHandIsNotOverruled() {
        PromotionRig rig = trial("cool-down", "5m");
        rig.evidence(2, 1, GOOD);
        rig.version(0.9);

        rig.promotion.rollback("ctr", Optional.empty(), "ada", "complaints");

        assertThat(rig.alias("champion")).contains(1);
        assertThat(rig.last().who()).isEqualTo("ada");
        assertThat(rig.last().why()).isEqualTo("complaints");
        assertThat(rig.promotion.comparisons("ctr")).containsExactly(new Comparison(Evidence.LIVE, "1"));
        rig.pass(Duration.ofMinutes(4));
        assertThat(rig.alias("candidate")).isEmpty();
        assertThatThrownBy(() -> rig.promotion.rollback("ctr", Optional.empty(), "ada", ""))
                .hasMessageContaining("or a version must be named, got neither");
    }

    @Test
    void aFreezeDoesNotKeepABadChampion() {
        PromotionRig rig = trial();
        rig.evidence(2, 1, GOOD);
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");

        rig.evidence(2, 1, WORSE);

        assertThat(rig.alias("champion")).contains(1);
    }
}
