package coldstream.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do, stop and approve. */
class PeopleTest extends PromotionScenes {

    PeopleTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void whatTheRulesWouldPromoteWaitsForAPersonWhereThatIsAskedFor() {
        PromotionRig rig = rig("approval", "true");
        rig.version(0.8);
        assertThat(rig.alias("champion")).isEmpty();
        rig.promotion.approve("ctr", "1", true, "ada", "go");
        rig.version(0.8);
        rig.evidence(2, 1, GOOD);
        assertThat(rig.alias("champion")).contains(1);
        assertThat(rig.promotion.view("ctr").pending().orElseThrow().version()).isEqualTo("2");

        rig.promotion.approve("ctr", "2", true, "ada", "looks right");

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.decisions()).containsExactly("PENDING 1", "PROMOTED 1", "PENDING 2", "PROMOTED 2");
        assertThat(rig.last().who()).isEqualTo("ada");
        assertThat(rig.last().why()).isEqualTo("looks right (not worse in any stratum, shown in [overall])");
        assertThat(rig.last().details()).containsEntry("overall.difference", "0.0100");
    }

    @Test
    void aPersonMayRefuseAndOnlyWhatWaitsCanBeApproved() {
        PromotionRig rig = rig("approval", "true");
        rig.version(0.8);
        rig.promotion.approve("ctr", "1", true, "ada", "go");
        rig.version(0.8);
        rig.evidence(2, 1, GOOD);

        assertThatThrownBy(() -> rig.promotion.approve("ctr", "1", true, "ada", ""))
                .hasMessage("a version that waits for approval must be named, got 1");
        rig.promotion.approve("ctr", "2", false, "ada", "not today");

        assertThat(rig.decisions()).containsExactly("PENDING 1", "PROMOTED 1", "PENDING 2", "KEPT 2");
        assertThat(rig.alias("champion")).contains(1);
    }

    @Test
    void whatWaitsAndTurnsOutWorseWaitsNoLonger() {
        PromotionRig rig = rig("approval", "true");
        rig.version(0.8);
        rig.promotion.approve("ctr", "1", true, "ada", "go");
        rig.version(0.8);
        rig.evidence(2, 1, GOOD);

        rig.evidence(2, 1, WORSE);

        assertThat(rig.promotion.view("ctr").pending()).isEmpty();
        assertThat(rig.decisions()).endsWith("PENDING 2", "KEPT 2");
    }

    @Test
    void aPersonMayPromoteWhatTheRulesWouldNotAndGiveACanaryItsShare() {
        PromotionRig rig = trial();
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");
        rig.promotion.promote("ctr", "2", Optional.of(0.2), "ada", "try it");
        assertThat(rig.alias("canary")).contains(2);
        assertThat(rig.tag(2, "canary_share")).contains("0.2");
        assertThatThrownBy(() -> rig.promotion.promote("ctr", "2", Optional.of(1.5), "ada", ""))
                .hasMessage("a canary's share must be in (0, 1), got 1.5");

        rig.promotion.promote("ctr", "2", Optional.empty(), "ada", "all in");

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.alias("canary")).isEmpty();
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "FROZEN 1", "CANARY_STARTED 2", "PROMOTED 2");
    }

    @Test
    void withoutPromotionByRulesPeopleDecideAndABadChampionIsStillTakenBack() {
        PromotionRig rig = rig("promote", "false");
        rig.version(0.8);
        rig.version(0.8);
        assertThat(rig.decisions()).isEmpty();
        rig.promotion.promote("ctr", "1", Optional.empty(), "ada", "first");
        rig.promotion.promote("ctr", "2", Optional.empty(), "ada", "second");

        rig.evidence(2, 1, WORSE);

        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "PROMOTED 2", "ROLLED_BACK 1");
    }

    @Test
    void aFreezeStopsTheRulesUntilItEndsByItself() {
        PromotionRig rig = trial();
        rig.promotion.freeze("ctr", "drift in overall", Optional.of(rig.now().plusSeconds(600)), "ada");
        rig.evidence(2, 1, GOOD);
        rig.pass(Duration.ofSeconds(599));
        assertThat(rig.alias("champion")).contains(1);
        assertThat(rig.promotion.view("ctr").freeze().orElseThrow().reason()).isEqualTo("drift in overall");

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "FROZEN 1", "THAWED 1", "PROMOTED 2");
    }

    @Test
    void aFreezeWithoutAnEndEndsWhenSomebodySaysSo() {
        PromotionRig rig = trial();
        rig.promotion.freeze("ctr", "a sale", Optional.empty(), "ada");
        rig.pass(Duration.ofDays(9));
        assertThat(rig.promotion.frozen()).isEqualTo(1);

        rig.promotion.thaw("ctr", "ada", "the sale is over");
        rig.evidence(2, 1, GOOD);

        assertThat(rig.alias("champion")).contains(2);
    }
}
