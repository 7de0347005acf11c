package coldstream.app.evaluate.offline;

import coldstream.app.dataset.DataSet;
import coldstream.app.evaluate.prequential.TextTeacher;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.ProgressLine;
import coldstream.app.evaluate.protocol.Protocol;
import coldstream.domain.Check;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.SoftScores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The paper's split: every user's last item is the test, the one before it validation; networks train in epochs. */
public final class LeaveOneOutProtocol implements Protocol {

    @Override
    public String name() {
        return "leave-one-out";
    }

    @Override
    public void check(EvaluateOptions options) {
        Check.check(
                options.labels().equals("implicit"),
                "labels must be implicit under leave-one-out, got %s",
                options.labels());
        Check.check(
                options.csv().isEmpty() && options.prequential().chart().isEmpty(),
                "csv and chart must be left out under leave-one-out, which writes --out alone");
        options.leaveOneOut().checkBounds();
        for (Arm arm : options.arms()) {
            Check.check(
                    arm.teacher().equals(Arm.ENCODER),
                    "teacher must be encoder under leave-one-out, got %s",
                    arm.teacher());
            Check.check(!arm.peer(), "backbone must be a network under leave-one-out, got %s", arm);
            String recent = Trials.config(arm, 0).values().getOrDefault("recent-positives", "0");
            Check.check(
                    recent.equals("0"),
                    "recent-positives must be 0 under leave-one-out, whose knowledge has no order, got %s",
                    recent);
        }
    }

    @Override
    public int run(EvaluateOptions options, PrintWriter out, PrintWriter err) throws IOException {
        var progress = new ProgressLine(err);
        DataSet dataSet = options.dataSet();
        List<Item> items;
        LeaveOneOut split;
        try (Stream<Item> catalogue = dataSet.items();
                Stream<Interaction> interactions = dataSet.interactions()) {
            items = catalogue.toList();
            split = LeaveOneOut.of(items.stream().map(Item::item).toList(), interactions.limit(options.limit()));
        }
        Lesson lesson = lesson(items, split, options, progress);
        List<Trial> trials = new Trials(split, lesson, options, progress)
                .run(soFar -> write(new LeaveOneOutReport(dataSet.name(), split, soFar), options.out()));
        out.print(LeaveOneOutTable.of(new LeaveOneOutReport(dataSet.name(), split, trials)));
        out.flush();
        return 0;
    }

    /** Written anew after every seed, so that a run that is stopped leaves what it has. */
    private static void write(LeaveOneOutReport report, Optional<Path> file) {
        if (file.isPresent()) {
            try {
                Files.write(file.get(), report.json());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file.get(), e);
            }
        }
    }

    private static Lesson lesson(List<Item> items, LeaveOneOut split, EvaluateOptions options, ProgressLine progress) {
        boolean trains = options.leaveOneOut().epochs() > 0;
        boolean taught = trains && options.arms().stream().anyMatch(Arm::taught);
        boolean guided = trains && options.arms().stream().anyMatch(Arm::guided);
        List<ItemVector> vectors = taught ? TextTeacher.vectors(items, progress::say) : List.of();
        List<SoftScores> answers =
                guided ? TextTeacher.answers(items, vectors, split.training(), progress::say) : List.of();
        return new Lesson(items, vectors, answers);
    }
}
