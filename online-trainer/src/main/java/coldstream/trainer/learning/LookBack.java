package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.trainer.learning.gate.Moved;
import coldstream.trainer.learning.gate.Signals;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of the latest step, to be looked at again: the next step learns from labelled rows alone, and how far that moved the
 * pairs' margins is what the gate learns from. Its labelled rows were not known when the pairs were trained.
 */
final class LookBack {

    /**
     * A trained pair, as of its step.
     *
     * @param history item numbers, newest last
     * @param pulled whether its hinge did
     */
    record Watched(
            int user,
            List<Integer> history,
            long count,
            int better,
            long betterCount,
            int worse,
            long worseCount,
            Signals first,
            Signals second,
            boolean pulled) {}

    private final Memory memory;
    private final TeacherSignal teacher;
    final List<Watched> watched = new ArrayList<>();

    LookBack(Memory memory, TeacherSignal teacher) {
        this.memory = memory;
        this.teacher = teacher;
    }

    /** Notes a pair. */
    void watch(FeatureBatch.Origin better, FeatureBatch.Origin worse, Signals first, Signals second, boolean pulled) {
        watched.add(new Watched(
                better.user(),
                better.history().stream().map(CatalogueEntry::number).toList(),
                better.userCount(),
                better.item().number(),
                better.itemCount(),
                worse.item().number(),
                worse.itemCount(),
                first,
                second,
                pulled));
    }

    boolean waits() {
        return !watched.isEmpty();
    }

    /** By pair: the better item's logit less the worse one's, now. */
    double[] margins(Model model) {
        FeatureBatch rows = new FeatureBatch(model.features());
        for (Watched pair : watched) {
            List<CatalogueEntry> history =
                    pair.history.stream().map(this::entry).toList();
            int side = rows.side(pair.user, history, pair.count);
            TeacherSignal.ForUser signal = teacher.forUser(history, null);
            rows.row(side, entry(pair.better), pair.betterCount, signal.of(entry(pair.better)));
            rows.row(side, entry(pair.worse), pair.worseCount, signal.of(entry(pair.worse)));
        }
        float[] logits = model.logits(rows);
        double[] margins = new double[watched.size()];
        for (int k = 0; k < margins.length; k++) {
            margins[k] = logits[2 * k] - logits[2 * k + 1];
        }
        return margins;
    }

    /** What came of the pairs since their margins were as given; they are not looked at again. */
    List<Moved> moved(Model model, double[] before) {
        double[] after = margins(model);
        List<Moved> moved = new ArrayList<>();
        for (int k = 0; k < after.length; k++) {
            Watched pair = watched.get(k);
            double change = after[k] - before[k];
            moved.add(new Moved(pair.first, pair.second, pair.pulled && Double.isFinite(change) ? change : 0));
        }
        watched.clear();
        return moved;
    }

    private CatalogueEntry entry(int number) {
        return memory.features.catalogue().get(number);
    }
}
