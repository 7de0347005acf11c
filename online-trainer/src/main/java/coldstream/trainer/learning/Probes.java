package coldstream.trainer.learning;

import coldstream.domain.Sample;
import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Comparisons no answer was asked for. Requests seldom fire for warm users and popular items, so nothing comes true there that
 * the language model had scored; and what it is worth for cold users shows only in their few events. For a share of the
 * positives two questions are put instead: which of the item taken and others of similar popularity fits the history (an
 * audit of a warm user), and which fits its last one to three items alone (a simulated cold user, whose later taste is known).
 *
 * <p>Only where the language model is the encoder, whose opinion follows from the texts: it costs nothing and knows no more
 * than the history. Of another language model only answers to requests can tell.
 */
final class Probes {

    private static final int LOOKED_AT = 4;
    private static final int LONGEST_CUT = 3;

    private final LearnerConfig config;
    private final Memory memory;
    private final TeacherSignal teacher;
    private final GoldKeeper golds;

    Probes(LearnerConfig config, Memory memory, TeacherSignal teacher, GoldKeeper golds) {
        this.config = config;
        this.memory = memory;
        this.teacher = teacher;
        this.golds = golds;
    }

    /** Maybe probes a positive of a warm user with a row; called before it is taken in. */
    void happened(Sample sample, UserMemory user, List<CatalogueEntry> history, CatalogueEntry taken) {
        if (config.gateProbes == 0 || user.number < 0 || history.size() <= config.coldHistory || !encoderAnswers()) {
            return;
        }
        Draws draws = Draws.of(config.seed(), "probes", sample.sampleId());
        if (draws.uniform() >= config.gateProbes) {
            return;
        }
        List<CatalogueEntry> others = others(sample, user, taken, draws);
        int cut = Math.min(1 + draws.below(LONGEST_CUT), config.coldHistory);
        note(sample, history, sample.userCount(), taken, others);
        note(sample, history.subList(history.size() - cut, history.size()), cut, taken, others);
    }

    private boolean encoderAnswers() {
        int size = memory.queue.size();
        return size > 0 && teacher.isEncoder(memory.queue.get(size - 1).model());
    }

    /** Those of some drawn items that were taken about as often. */
    private List<CatalogueEntry> others(Sample sample, UserMemory user, CatalogueEntry taken, Draws draws) {
        int wanted = LOOKED_AT * config.gateMatches;
        List<CatalogueEntry> drawn =
                new ArrayList<>(memory.candidates.draw(taken, sample.itemCount() == 0, user, wanted, draws).stream()
                        .distinct()
                        .toList());
        double popularity = StrictMath.log1p((double) sample.itemCount());
        drawn.sort(Comparator.comparingDouble(item -> Math.abs(StrictMath.log1p((double) item.count()) - popularity)));
        return drawn.subList(0, Math.min(config.gateMatches, drawn.size()));
    }

    private void note(
            Sample sample,
            List<CatalogueEntry> history,
            long count,
            CatalogueEntry taken,
            List<CatalogueEntry> others) {
        TeacherSignal.ForUser signal = teacher.forUser(history, null);
        double own = signal.of(taken).taste();
        List<Integer> left = new ArrayList<>();
        List<Integer> agreements = new ArrayList<>();
        for (CatalogueEntry other : others) {
            double its = signal.of(other).taste();
            if (own != 0 && its != 0 && own != its) {
                left.add(other.number());
                agreements.add(own > its ? 1 : -1);
            }
        }
        if (!left.isEmpty()) {
            List<Integer> before = history.stream().map(CatalogueEntry::number).toList();
            golds.add(new PendingGold(
                    sample.user(), before, count, taken.number(), sample.itemCount(), left, agreements));
        }
    }
}
