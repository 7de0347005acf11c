package coldstream.registry.promotion;

import static coldstream.registry.promotion.Evidences.difference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.domain.RegistryEvent;
import coldstream.wire.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {

    private static final PairedMetrics GOOD = difference(0.01, 0.001, 1_000);
    private static final PairedMetrics WORSE = difference(-0.1, 0.001, 1_000);
    private static final PairedMetrics CLOSE = difference(-0.01, 0.001, 1_000);
    private static final PairedMetrics LITTLE = difference(0.01, 0.1, 10);

    private final Path folder;
    private final List<PromotionRig> open = new ArrayList<>();

    PromotionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private PromotionRig rig(String... keysAndValues) {
        var settings = new HashMap<String, String>();
        for (int k = 0; k < keysAndValues.length; k += 2) {
            settings.put("registry." + keysAndValues[k], keysAndValues[k + 1]);
        }
        var rig = new PromotionRig(folder, settings);
        open.add(rig);
        return rig;
    }

    @AfterEach
    void close() {
        open.forEach(PromotionRig::close);
    }

    @Test
    void theFirstVersionIsChampionAtOnceAndTheNextOneGoesOnTrial() {
        PromotionRig rig = rig();
        rig.version(0.8);
        rig.version(0.8);

        assertThat(rig.decisions()).containsExactly("PROMOTED 1");
        assertThat(rig.alias("candidate")).contains(2);
        assertThat(rig.alias("challenger")).contains(2);
        assertThat(rig.promotion.comparisons("ctr"))
                .containsExactly(new Comparison("2", "1"), new Comparison(Evidence.LIVE, "1"));
    }

    @Test
    void evidenceOnTheSameEventsPromotesAndItsNumbersAreInTheAudit() {
        PromotionRig rig = trial();

        rig.evidence(2, 1, GOOD);

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.alias("previous")).contains(1);
        assertThat(rig.alias("candidate")).isEmpty();
        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "PROMOTED 2");
        assertThat(rig.last().who()).isEqualTo("promotion rule");
        assertThat(rig.last().why()).isEqualTo("not worse in any stratum, shown in [overall]");
        assertThat(rig.last().at()).isEqualTo(rig.now());
        assertThat(rig.last().details())
                .containsEntry("arm", "2")
                .containsEntry("baseline", "1")
                .containsEntry("from_offset.coldstream.samples.v1-0", "1000")
                .containsEntry("to_offset.coldstream.samples.v1-0", "2000")
                .containsEntry("overall.difference", "0.0100")
                .containsEntry("overall.users", "500");
        assertThat(rig.promotion.comparisons("ctr"))
                .containsExactly(new Comparison("2", "1"), new Comparison(Evidence.LIVE, "2"));
    }

    @Test
    void aVersionThatIsWorseIsKeptBackAndTheNewestIsTriedNext() {
        PromotionRig rig = trial();
        rig.version(0.8);
        rig.version(0.8);
        assertThat(rig.alias("candidate")).contains(2);

        rig.evidence(2, 1, WORSE);

        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "KEPT 2");
        assertThat(rig.alias("champion")).contains(1);
        assertThat(rig.alias("candidate")).contains(4);
    }

    @Test
    void withoutAnyEvidenceTheWindowsDecideOnceTheWaitIsOver() {
        PromotionRig rig = trial("evidence-wait", "20s");
        rig.pass(Duration.ofSeconds(19));
        assertThat(rig.alias("champion")).contains(1);

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.last().why())
                .isEqualTo("not worse in any of 1 strata (nothing was measured on the same events, so each version's"
                        + " own window decided)");
    }

    @Test
    void withoutAnyEvidenceTheChampionStaysWhereThatIsAskedForUntilANewerVersionTakesItsTurn() {
        PromotionRig rig = trial("promotion-without-evidence", "wait", "evidence-wait", "20s");
        rig.pass(Duration.ofHours(1));
        assertThat(rig.decisions()).containsExactly("PROMOTED 1");

        rig.version(0.9);

        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "KEPT 2");
        assertThat(rig.alias("candidate")).contains(3);
    }

    @Test
    void littleEvidenceHasUntilTheTrialsEndToBecomeMore() {
        PromotionRig rig = trial("evidence-wait", "20s", "trial-limit", "10m");
        rig.evidence(2, 1, LITTLE);
        rig.pass(Duration.ofMinutes(9));
        assertThat(rig.alias("champion")).contains(1);

        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.alias("champion")).contains(2);
        assertThat(rig.last().why()).contains("too little evidence in overall: 10 events of 100");
    }

    @Test
    void whatIsTooCloseAtTheTrialsEndIsKeptBack() {
        PromotionRig rig = trial("trial-limit", "10m");
        rig.evidence(2, 1, CLOSE);
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "KEPT 2");
        assertThat(rig.last().why()).startsWith("not shown in PT10M: too close in overall");
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

    @Test
    void aFreezeDoesNotKeepABadChampion() {
        PromotionRig rig = trial();
        rig.evidence(2, 1, GOOD);
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");

        rig.evidence(2, 1, WORSE);

        assertThat(rig.alias("champion")).contains(1);
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
        assertThat(rig.last().why()).startsWith("version 2 is worse in overall: the AUC is at least 0.0970 lower");
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
    void evidenceNobodyAskedForIsLeftAside() {
        PromotionRig rig = trial();

        assertThat(rig.evidence(1, 2, GOOD)).isZero();
        assertThat(rig.evidence("live", "2", GOOD)).isZero();
        assertThat(rig.evidence("live", "1", GOOD)).isEqualTo(1);
        assertThat(rig.stored("live", "1")).isPresent();
        assertThat(rig.stored("1", "2")).isEmpty();
    }

    @Test
    void aCandidateWhoseFilesAreGoneIsNoLongerOnTrial() {
        PromotionRig rig = trial();
        rig.forget(2);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.decisions()).containsExactly("PROMOTED 1", "KEPT 2");
    }

    @Test
    void whereItStandsOutlivesTheProcess() {
        PromotionRig first = trial("canary-share", "0.1", "canary-time", "10m");
        first.evidence(2, 1, GOOD);
        first.close();
        open.clear();

        PromotionRig second = rig("canary-share", "0.1", "canary-time", "10m");
        second.pass(Duration.ofMinutes(10));

        assertThat(second.alias("champion")).contains(2);
    }

    @Test
    void everyDecisionIsOwedToKafka() {
        PromotionRig rig = trial();
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");
        rig.promotion.thaw("ctr", "ada", "over");
        rig.evidence(2, 1, GOOD);
        rig.evidence(2, 1, WORSE);

        assertThat(rig.unsent()).isEqualTo(rig.events().size());
        assertThat(rig.told)
                .isEqualTo(rig.events().stream().map(RegistryEvent::kind).toList());
        assertThat(rig.decisions())
                .containsExactly("PROMOTED 1", "FROZEN 1", "THAWED 1", "PROMOTED 2", "ROLLED_BACK 1");
    }

    @Test
    void toDecideAgainWithoutNewsChangesNothing() {
        PromotionRig rig = trial();
        rig.evidence(2, 1, CLOSE);
        int before = rig.events().size();

        rig.evidence(2, 1, CLOSE);
        rig.pass(Duration.ofSeconds(1));
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");
        rig.promotion.freeze("ctr", "drift", Optional.empty(), "ada");

        assertThat(rig.events()).hasSize(before + 1);
    }

    /** Version 1 is champion, version 2 on trial. */
    private PromotionRig trial(String... keysAndValues) {
        PromotionRig rig = rig(keysAndValues);
        rig.version(0.8);
        rig.version(0.8);
        return rig;
    }
}
