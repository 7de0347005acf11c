package coldstream.trainer.learning;

import coldstream.domain.ItemId;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.model.Catalogue;
import coldstream.model.CatalogueEntry;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.trainer.learning.gate.Gold;
import coldstream.trainer.learning.gate.Signals;
import coldstream.trainer.learning.uncertainty.Uncertainty;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds comparisons that came true: of audits (the hidden item was really taken), and of outcomes (an item of a user's scored
 * list was taken later). The others compared are not taken and of similar popularity, so that an unlabelled liking is equally
 * likely everywhere.
 */
final class GoldKeeper {

    /** Most comparisons put to the student in a step, and most that wait. */
    private static final int PER_STEP = 64;

    private static final int WAITING = 1024;

    private final LearnerConfig config;
    private final Memory memory;
    private final TeacherSignal teacher;
    final ArrayDeque<PendingGold> waiting = new ArrayDeque<>();

    GoldKeeper(LearnerConfig config, Memory memory, TeacherSignal teacher) {
        this.config = config;
        this.teacher = teacher;
        this.memory = memory;
    }

    /**
     * Notes an audit: scores that hid the user's last item among the candidates. Where the history was cut, the comparison is
     * that of a user with so many positives.
     */
    void audited(SoftScores scores, ScoredRequest request) {
        Optional<ItemId> hidden = scores.hidden();
        if (hidden.isEmpty()) {
            return;
        }
        Optional<Double> score = scores.scores().stream()
                .filter(s -> s.item().equals(hidden.get()))
                .map(SoftScores.ItemScore::score)
                .findFirst();
        CatalogueEntry taken = catalogue().add(hidden.get());
        List<CatalogueEntry> history = request.owner().history;
        int place = history.lastIndexOf(taken);
        if (score.isPresent() && place >= 0) {
            long before = Math.max(0, taken.count() - 1);
            int from = Math.max(0, place - scores.shown().orElse(place));
            long count = Math.max(0, scores.shown().orElse((int) scores.historyVersion() - 1));
            note(request, history.subList(from, place), count, taken, before, score.get());
        }
    }

    /** Notes a positive whose item was in the user's scored list before; called before the positive is taken in. */
    void happened(ScoredRequest request, List<CatalogueEntry> history, long count, CatalogueEntry taken) {
        int place = request.find(taken);
        if (place >= 0) {
            note(request, history, count, taken, taken.count(), request.scores().get(place));
        }
    }

    private void note(
            ScoredRequest request,
            List<CatalogueEntry> history,
            long count,
            CatalogueEntry taken,
            long takenCount,
            double score) {
        UserMemory user = request.owner();
        List<CatalogueEntry> others = new ArrayList<>();
        for (CatalogueEntry item : request.candidates()) {
            if (item != taken && !item.retired() && !user.taken.contains(item.number())) {
                others.add(item);
            }
        }
        double popularity = log(takenCount);
        others.sort(Comparator.comparingDouble(item -> Math.abs(log(item.count()) - popularity)));
        List<Integer> left = new ArrayList<>();
        List<Integer> agreements = new ArrayList<>();
        for (CatalogueEntry item : others.subList(0, Math.min(config.gateMatches, others.size()))) {
            double other = request.scores().get(request.find(item));
            if (score != other) {
                left.add(item.number());
                agreements.add(score > other ? 1 : -1);
            }
        }
        if (!left.isEmpty() && user.number >= 0) {
            List<Integer> before = history.stream().map(CatalogueEntry::number).toList();
            UserId id = memory.features.userId(user.number);
            add(new PendingGold(id, before, count, taken.number(), takenCount, left, agreements));
        }
    }

    /** Lets a comparison wait for the next step; the oldest goes where too many wait. */
    void add(PendingGold gold) {
        if (waiting.size() == WAITING) {
            waiting.removeFirst();
        }
        waiting.add(gold);
    }

    private static double log(long count) {
        return StrictMath.log1p((double) count);
    }

    /**
     * Puts the waiting comparisons to the student as it is now.
     *
     * @param seed of the masks, where the uncertainty asks any
     */
    List<Gold> realised(Model model, Uncertainty uncertainty, long seed) {
        FeatureBatch rows = new FeatureBatch(model.features());
        List<PendingGold> asked = new ArrayList<>();
        while (asked.size() < PER_STEP && !waiting.isEmpty()) {
            PendingGold gold = waiting.removeFirst();
            asked.add(gold);
            List<CatalogueEntry> history =
                    gold.history().stream().map(catalogue()::get).toList();
            int user = memory.features.find(gold.user());
            int side = rows.side(user, gold.user().value(), history, gold.count());
            TeacherSignal.ForUser signal = teacher.forUser(history, null);
            CatalogueEntry taken = catalogue().get(gold.taken());
            rows.row(side, taken, gold.takenCount(), signal.of(taken));
            for (int item : gold.left()) {
                CatalogueEntry entry = catalogue().get(item);
                rows.row(side, entry, entry.count(), signal.of(entry));
            }
        }
        Uncertainty.Reading reading = uncertainty.read(model, rows, seed);
        float[] logits = model.logits(rows);
        List<Gold> golds = new ArrayList<>();
        int at = 0;
        for (PendingGold gold : asked) {
            boolean cold = gold.count() <= config.coldHistory;
            Signals taken = signals(cold, gold.takenCount(), reading.q(at, logits[at++]));
            for (int k = 0; k < gold.left().size(); k++) {
                long count = catalogue().get(gold.left().get(k)).count();
                golds.add(new Gold(
                        taken,
                        signals(cold, count, reading.q(at, logits[at++])),
                        gold.agreements().get(k)));
            }
        }
        return golds;
    }

    private Signals signals(boolean cold, long count, double uncertainty) {
        return new Signals(cold, memory.tail.kind(count), uncertainty);
    }

    private Catalogue catalogue() {
        return memory.features.catalogue();
    }
}
