package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.dataset.FolderDataSet;
import coldstream.app.dataset.RealDataSets;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.LabelRules;
import coldstream.evaluation.Stratum;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bars on a real stream: its first 40,000 events, no guidance, random row starts. */
final class RealStreamTest {

    private static final int EVENTS = 40_000;

    /** Measured with seeds 0 and 1; a fall below the bars is a fault, a rise above them is a leak. */
    @Test
    void learnsAmazonBeautyAsWellAsMeasuredAndLeaksNothing() {
        ArmRun run = run(FolderDataSet.open(RealDataSets.folder("amazon-beauty")));

        assertThat(auc(run, Stratum.OVERALL)).isBetween(0.790, 0.815);
        assertThat(auc(run, Stratum.COLD)).isBetween(0.753, 0.778);
        assertThat(auc(run, Stratum.TAIL)).isBetween(0.555, 0.600);
        assertThat(auc(run, Stratum.ROW_TAIL)).isBetween(0.673, 0.710);
        assertThat(auc(run, Stratum.NEW_ITEM)).isBetween(0.640, 0.700);
        for (Stratum stratum : Stratum.values()) {
            assertThat(auc(run, stratum))
                    .as("streaming area of %s against the exact one", stratum.key())
                    .isEqualTo(run.scores().auc(stratum), within(1e-4));
        }
    }

    private static ArmRun run(FolderDataSet data) {
        List<Item> items;
        try (Stream<Item> catalogue = data.items()) {
            items = catalogue.toList();
        }
        try (Stream<Interaction> interactions = data.interactions()) {
            Timeline timeline = Timeline.of(
                    items,
                    List.of(),
                    interactions.limit(EVENTS),
                    new LocalIngest(LabelRules.IMPLICIT, 0),
                    Optional.empty(),
                    events -> {});
            var arm = new Arm(Map.of("backbone", "dcnv2", "gate", "off", "guidance", "none", "item-rows", "random"));
            return ArmRun.of(arm, 0, arm.config(0, EVENTS / 5, "implicit"), timeline, (events, soFar) -> {});
        }
    }

    private static double auc(ArmRun run, Stratum stratum) {
        return Objects.requireNonNull(run.strata().get(stratum.key())).auc();
    }
}
