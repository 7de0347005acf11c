package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.FolderDataSet;
import coldstream.app.dataset.RealDataSets;
import coldstream.app.evaluate.report.RunResult;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.LabelRules;
import coldstream.evaluation.Stratum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bars on a real stream: its first 40,000 events, no guidance, random row starts. */
final class RealStreamTest {

    private static final int EVENTS = 40_000;

    @TempDir
    private Path folder = Path.of("");

    /** Measured with seeds 0 and 1; a fall below the bars is a fault, a rise above them is a leak. */
    @Test
    void learnsAmazonBeautyAsWellAsMeasuredAndLeaksNothing() throws IOException, InterruptedException {
        RunResult run = run("amazon-beauty");

        assertThat(auc(run, Stratum.OVERALL)).isBetween(0.790, 0.815);
        assertThat(auc(run, Stratum.COLD)).isBetween(0.753, 0.778);
        assertThat(auc(run, Stratum.TAIL)).isBetween(0.555, 0.600);
        assertThat(auc(run, Stratum.ROW_TAIL)).isBetween(0.673, 0.710);
        assertThat(auc(run, Stratum.NEW_ITEM)).isBetween(0.640, 0.700);
    }

    private RunResult run(String dataSet) throws IOException, InterruptedException {
        DataSet data = FolderDataSet.open(RealDataSets.folder(dataSet));
        List<Item> items;
        try (Stream<Item> catalogue = data.items()) {
            items = catalogue.toList();
        }
        try (Stream<Interaction> interactions = data.interactions()) {
            PreparedStream stream = PreparedStream.write(
                    folder,
                    items,
                    interactions.limit(EVENTS),
                    new LocalIngest(LabelRules.IMPLICIT, 0),
                    Map.of(),
                    events -> {});
            Map<String, String> arm =
                    Map.of("backbone", "dcnv2", "gate", "off", "guidance", "none", "item-rows", "random");
            return ArmRun.of(
                    new ArmJob(stream.folder().toString(), EVENTS, arm, 0, EVENTS / 5, "implicit", 10, 0),
                    (share, news) -> {});
        }
    }

    private static double auc(RunResult run, Stratum stratum) {
        return Objects.requireNonNull(run.strata().get(stratum.key())).auc();
    }
}
