package coldstream.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Evidence;
import coldstream.domain.RegistryEvent;
import coldstream.wire.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What evidence, windows and time decide about a candidate. */
class PromotionTest extends PromotionScenes {

    PromotionTest(@TempDir Path folder) {
        super(folder);
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
}
