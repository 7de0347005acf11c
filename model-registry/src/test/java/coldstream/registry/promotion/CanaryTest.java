package coldstream.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate that serves some users first. */
class CanaryTest extends PromotionScenes {

    CanaryTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void aCandidateServesAShareOfTheUsersBeforeItServesAll() {
        PromotionRig rig = trial("canary-share", "0.1", "canary-time", "10m");
        rig.evidence(2, 1, GOOD);
        assertThat(rig.alias("canary")).contains(2);
        assertThat(rig.tag(2, "canary_share")).contains("0.1");
        assertThat(rig.alias("champion")).contains(1);
        assertThat(rig.promotion.view("ctr").canaryShare()).contains(0.1);

        rig.evidence(2, 1, GOOD);
        rig.pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(rig.alias("champion")).contains(1);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.alias("canary")).isEmpty();
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "CANARY_STARTED 2", "PROMOTED 2");
    }

    @Test
    void aCanaryThatIsWorseIsTakenBackAndNothingIsTriedUntilTheCoolDownEnds() {
        PromotionRig rig = trial("canary-share", "0.1", "cool-down", "5m");
        rig.evidence(2, 1, GOOD);
        rig.version(0.8);

        rig.evidence(2, 1, WORSE);

        assertThat(rig.alias("canary")).isEmpty();
        assertThat(rig.alias("candidate")).isEmpty();
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "CANARY_STARTED 2", "ROLLED_BACK 2");
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.alias("candidate")).contains(3);
    }

    @Test
    void aCanaryThatIsWorseIsTakenBackWhoeverStartedItAndWhateverIsFrozen() {
        PromotionRig rig = rig("promote", "false");
        rig.version(0.8);
        rig.version(0.8);
        rig.promotion.promote("ctr", "1", Optional.empty(), "ada", "first");
        rig.promotion.promote("ctr", "2", Optional.of(0.2), "ada", "try it");
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");

        rig.evidence(2, 1, WORSE);

        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "CANARY_STARTED 2", "FROZEN 1", "ROLLED_BACK 2");
        assertThat(rig.alias("canary")).isEmpty();
        assertThat(rig.alias("champion")).contains(1);
    }

    @Test
    void whereItStandsOutlivesTheProcess() {
        PromotionRig first = trial("canary-share", "0.1", "canary-time", "10m");
        first.evidence(2, 1, GOOD);
        first.close();
        forget();

        PromotionRig second = rig("canary-share", "0.1", "canary-time", "10m");
        second.pass(Duration.ofMinutes(10));

        assertThat(second.alias("champion")).contains(2);
    }
}
