package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.FolderDataSet;
import coldstream.app.dataset.RealDataSets;
import coldstream.app.evaluate.report.RunResult;
import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.teacher.Teachers;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.LabelRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default guidance makes of a useless teacher and of a perfect one, on the start of a real stream. */
@Tag("integration")
final class HarmlessTest {

    private static final int EVENTS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aUselessTeacherCostsNothingAndOneThatKnowsTheFutureHelpsMuch() throws IOException, InterruptedException {
        PreparedStream stream = prepare(FolderDataSet.open(RealDataSets.folder("amazon-beauty")));

        double unguided = overall(stream, "none", "random");
        double useless = overall(stream, "s-llmr+residual", "random");
        double perfect = overall(stream, "s-llmr+residual", "oracle");

        assertThat(useless - unguided).as("random teacher").isBetween(-0.001, 0.001);
        assertThat(perfect - unguided).as("oracle").isGreaterThan(0.05);
    }

    private PreparedStream prepare(DataSet data) throws IOException {
        List<Item> items;
        try (Stream<Item> catalogue = data.items()) {
            items = catalogue.toList();
        }
        Map<String, Teacher> teachers = new LinkedHashMap<>();
        for (String name : List.of("random", "oracle")) {
            teachers.put(
                    name,
                    Teachers.of(name, items, List::of, () -> data.interactions().limit(EVENTS), LabelRules.IMPLICIT));
        }
        try (Stream<Interaction> interactions = data.interactions()) {
            return PreparedStream.write(
                    folder,
                    items,
                    interactions.limit(EVENTS),
                    new LocalIngest(LabelRules.IMPLICIT, 0.02),
                    teachers,
                    events -> {});
        }
    }

    /** Item rows start alike in every arm, so that guidance is all that differs. */
    private static double overall(PreparedStream stream, String guidance, String teacher)
            throws IOException, InterruptedException {
        Map<String, String> arm = Map.of(
                "backbone", "dcnv2",
                "gate", "reliability",
                "guidance", guidance,
                "item-rows", "random",
                "teacher", teacher);
        RunResult result = ArmRun.of(
                new ArmJob(stream.folder().toString(), EVENTS, arm, 0, EVENTS / 5, "implicit", 1, 0),
                (share, news) -> {});
        return Objects.requireNonNull(result.strata().get("overall")).auc();
    }
}
