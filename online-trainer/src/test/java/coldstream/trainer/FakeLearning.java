package coldstream.trainer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.model.RowCounts;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import coldstream.wire.Directive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A learner whose weights are the list of what it was told, in order, batches included. */
final class FakeLearning implements Learning {

    private static final String FILE = "told.txt";

    private final List<String> told = new ArrayList<>();
    private Predicate<Sample> poison = sample -> false;
    private Predicate<Sample> overflow = sample -> false;

    /** Makes learners that throw at some samples, when they have taken half of the batch. */
    static Learning.Factory poisonedBy(Predicate<Sample> poison) {
        return snapshot -> {
            FakeLearning learning = from(snapshot);
            learning.poison = poison;
            return learning;
        };
    }

    /** Makes learners whose arithmetic breaks at some samples. */
    static Learning.Factory overflowingAt(Predicate<Sample> overflow) {
        return snapshot -> {
            FakeLearning learning = from(snapshot);
            learning.overflow = overflow;
            return learning;
        };
    }

    /** Makes learners that never fail. */
    static FakeLearning from(Optional<Path> snapshot) {
        var learning = new FakeLearning();
        snapshot.ifPresent(folder -> learning.told.addAll(read(folder)));
        return learning;
    }

    /** What the learner of a snapshot was told. */
    static List<String> read(Path folder) {
        try {
            return Files.readAllLines(folder.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void item(Item item) {
        told.add("item " + item.item() + " " + item.title());
    }

    @Override
    public void retire(ItemId item) {
        told.add("retire " + item);
    }

    @Override
    public void vector(ItemVector vector) {
        told.add("vector " + vector.item());
    }

    @Override
    public void scores(SoftScores scores) {
        told.add("scores " + scores.requestId());
    }

    @Override
    public void profile(TasteProfile profile) {
        told.add("profile " + profile.user() + " " + profile.historyVersion());
    }

    @Override
    public void directive(Directive directive) {
        told.add("directive " + directive.id());
    }

    @Override
    public StepResult step(List<Sample> samples) {
        if (samples.stream().anyMatch(overflow)) {
            return skip(samples, "the loss must be finite, got NaN");
        }
        told.add("step of " + samples.size());
        for (Sample sample : samples) {
            if (poison.test(sample)) {
                throw new IllegalArgumentException("cannot digest " + sample.sampleId());
            }
            told.add("sample " + sample.sampleId());
        }
        List<ScoredEvent> events = samples.stream()
                .map(sample -> new ScoredEvent(
                        sample, 1, List.of(new ScoredEvent.Negative(new ItemId("other"), -1, false)), true))
                .toList();
        return new StepResult(told.size(), events, StepResult.Statistics.NONE);
    }

    @Override
    public StepResult skip(List<Sample> samples, String reason) {
        told.add("skip of " + samples.size());
        return new StepResult(told.size(), List.of(), StepResult.Statistics.NONE, Optional.of(reason));
    }

    @Override
    public Map<String, RowCounts> rows() {
        return Map.of("items", new RowCounts(told.size(), told.size() + 3, 2, 1, 4));
    }

    @Override
    public GateReport gate() {
        return new GateReport("off", "entropy", List.of(), 0, Map.of(), Map.of(), 0, 0, GateReport.Dose.NONE, Map.of());
    }

    @Override
    public Consumer<Path> capture() {
        List<String> held = List.copyOf(told);
        return folder -> {
            try {
                Files.write(folder.resolve(FILE), held);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public void close() {}
}
