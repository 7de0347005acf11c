package coldstream.trainer.learning;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import coldstream.model.FeatureBatch;
import coldstream.model.Signal;
import coldstream.model.Trust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks a batch in order: for each sample it draws negatives and notes features with the state just before the event, and
 * only then lets the event change the state. What a sample is predicted from so never depends on a later one.
 */
final class BatchPlan {

    /**
     * A sample with everything noted before its event.
     *
     * @param row of the sample's own item
     * @param each items of the catalogue each drawn one stands for; 1 where none was drawn
     * @param said what was looked at of what a language model said of the user
     */
    record Planned(
            Sample sample,
            int row,
            Residual.Input input,
            List<Drawn> drawn,
            boolean scored,
            boolean known,
            double each,
            Said said) {}

    /** A negative. */
    record Drawn(CatalogueEntry item, int row, boolean tail, Residual.Input input) {}

    private final LearnerConfig config;
    private final Memory memory;
    private final TeacherSignal teacher;
    private final GoldKeeper golds;
    private final Probes probes;

    final FeatureBatch rows;
    final List<Planned> planned = new ArrayList<>();

    /** By user: who has scores that may speak for one of their events here. */
    final Map<Integer, Speakers.Speaker> speakers = new LinkedHashMap<>();

    BatchPlan(LearnerConfig config, Memory memory, TeacherSignal teacher, GoldKeeper golds, Probes probes) {
        this.config = config;
        this.memory = memory;
        this.teacher = teacher;
        this.golds = golds;
        this.probes = probes;
        rows = new FeatureBatch(memory.features);
    }

    /**
     * Plans a sample against drawn items, and takes it in.
     *
     * @param trained samples trained before this one
     */
    void add(Sample sample, long trained) {
        add(sample, trained, null);
    }

    /** Plans a positive against these items; the state stays as it is. */
    void ask(Sample sample, List<ItemId> others) {
        add(sample, config.warmUp, others);
    }

    private void add(Sample sample, long trained, @Nullable List<ItemId> others) {
        memory.tail.refresh();
        memory.features.at(sample.eventTime());
        memory.now = sample.eventTime().isAfter(memory.now) ? sample.eventTime() : memory.now;
        int number = memory.number(sample);
        CatalogueEntry item = memory.features.catalogue().add(sample.item());
        memory.features.sight(item, sample.sampleId());
        List<CatalogueEntry> history = memory.entries(sample.history());
        UserMemory user = memory.user(number, history, sample.userCount());
        boolean positive = sample.label() == 1;
        boolean fresh = sample.itemCount() == 0;

        ScoredRequest stored = Speakers.speaking(memory, user, sample.userCount(), sample.eventTime());
        Profiles.Known profile = memory.profiles.speaking(sample.user(), sample.userCount(), sample.eventTime());
        TeacherSignal.ForUser signal = config.guidance.signals() ? teacher.forUser(history, stored, profile) : null;
        int side = rows.side(
                number,
                sample.user().value(),
                history,
                sample.userCount(),
                sample.userNegatives().orElse(0));
        Residual.Input input = input(signal, item, sample.itemCount(), sample.userCount());
        int row = rows.row(side, item, sample.itemCount(), input.signal());
        List<Drawn> drawn = new ArrayList<>();
        boolean draws = others != null || (positive && config.draws);
        if (draws) {
            for (CatalogueEntry negative : others == null ? drawn(sample, item, user) : entries(others)) {
                long count = negative.count();
                Residual.Input other = input(signal, negative, count, sample.userCount());
                drawn.add(new Drawn(
                        negative, rows.row(side, negative, count, other.signal()), memory.tail.tail(count), other));
            }
        }
        if (others != null) {
            planned.add(new Planned(sample, row, input, drawn, true, false, 1, Said.NOTHING));
            return;
        }
        boolean says = !draws || (!drawn.isEmpty() && memory.candidates.comparable(item, fresh));
        boolean known = config.guidance.adds() && !history.isEmpty();
        double each = drawn.isEmpty() ? 1 : memory.candidates.others(fresh, user) / drawn.size();
        planned.add(new Planned(
                sample, row, input, drawn, says && trained >= config.warmUp, known, each, Said.of(stored, profile)));

        if (stored != null) {
            speakers.putIfAbsent(number, new Speakers.Speaker(stored, number, history, sample.userCount()));
            if (positive) {
                golds.happened(stored, history, sample.userCount(), item);
            }
        }
        if (positive) {
            probes.happened(sample, user, history, item);
            memory.took(user, history, sample.userCount(), item);
        }
    }

    /** Of each event planned, in order. */
    List<Said> said() {
        return planned.stream().map(Planned::said).toList();
    }

    private List<CatalogueEntry> drawn(Sample sample, CatalogueEntry item, UserMemory user) {
        Draws random = Draws.of(config.seed(), "negatives", sample.sampleId());
        return memory.candidates.draw(item, sample.itemCount() == 0, user, config.negatives, random);
    }

    private List<CatalogueEntry> entries(List<ItemId> items) {
        return items.stream().map(memory.features.catalogue()::add).toList();
    }

    private Residual.Input input(
            TeacherSignal.@Nullable ForUser signal, CatalogueEntry item, long count, long userCount) {
        return new Residual.Input(
                signal == null ? Signal.NONE : signal.observed(item),
                Trust.history(userCount),
                Trust.kind(count, memory.tail.threshold));
    }
}
