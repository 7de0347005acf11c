package coldstream.trainer.learning;

import coldstream.domain.ItemId;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.model.CatalogueEntry;
import coldstream.model.Features;
import coldstream.model.Taste;
import java.util.ArrayList;
import java.util.List;

/** Everything remembered besides parameters: who took what, how often, and what the language model said. */
final class Memory {

    private final LearnerConfig config;
    final Features features;
    final Candidates candidates;
    final TailWatch tail;
    final ReplayQueue queue;
    final ArrayList<UserMemory> users = new ArrayList<>();

    /** Whether what is known of users and items stays as it is. */
    boolean settled;

    Memory(LearnerConfig config, Features features) {
        this.config = config;
        this.features = features;
        candidates = new Candidates(features.catalogue());
        tail = new TailWatch(config.tailShare);
        queue = new ReplayQueue(config.replay);
    }

    /** The user's number, given on first sight. */
    int number(UserId user) {
        int number = features.user(user);
        while (users.size() <= number) {
            users.add(new UserMemory());
        }
        return number;
    }

    UserMemory user(int number) {
        return users.get(number);
    }

    /** The latest items of a history, as far as anything looks back. */
    List<CatalogueEntry> entries(List<ItemId> history) {
        int size = history.size();
        int depth = Math.max(config.model.history(), Taste.ITEMS);
        List<CatalogueEntry> entries = new ArrayList<>(Math.min(size, depth));
        for (ItemId item : history.subList(Math.max(0, size - depth), size)) {
            entries.add(features.catalogue().add(item));
        }
        return entries;
    }

    /** Takes in a positive, after everything that had to be drawn or compared with the state before it. */
    void took(int user, List<CatalogueEntry> before, long countBefore, CatalogueEntry item) {
        if (settled) {
            return;
        }
        UserMemory memory = users.get(user);
        boolean late = countBefore < memory.count;
        List<CatalogueEntry> history = new ArrayList<>(late ? memory.history : before);
        history.add(item);
        int depth = Math.max(config.model.history(), Taste.ITEMS);
        memory.history = List.copyOf(history.subList(Math.max(0, history.size() - depth), history.size()));
        memory.count = late ? memory.count + 1 : countBefore + 1;
        before.forEach(entry -> memory.taken.add(entry.number()));
        memory.taken.add(item.number());
        tail.count(item.count());
        features.count(item);
        candidates.place(item);
    }

    /** Nothing is taken in from now on. */
    void settle() {
        if (!settled) {
            settled = true;
            tail.settle();
        }
    }

    /** Remembers an answer; the hidden item of an audit is no candidate. */
    ScoredRequest remember(SoftScores scores) {
        int user = number(scores.user());
        List<CatalogueEntry> items = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (SoftScores.ItemScore score : scores.scores()) {
            if (!score.item().equals(scores.hidden().orElse(null))) {
                items.add(features.catalogue().add(score.item()));
                values.add(score.score());
            }
        }
        ScoredRequest request = new ScoredRequest(
                user, items, values, scores.model(), scores.historyVersion(), scores.historyMaxTime());
        add(request);
        return request;
    }

    @SuppressWarnings("ReferenceEquality") // this very request, not one that says the same
    void add(ScoredRequest request) {
        queue.add(request).ifPresent(forgotten -> {
            UserMemory owner = users.get(forgotten.user());
            if (owner.latest == forgotten) {
                owner.latest = null;
            }
        });
        UserMemory memory = users.get(request.user());
        ScoredRequest latest = memory.latest;
        if (latest == null || latest.historyVersion() <= request.historyVersion()) {
            memory.latest = request;
        }
    }

    /** Whether scores may still speak for a user with so many positives. */
    boolean fresh(ScoredRequest request, long count) {
        return request.age(count) <= config.staleAfter;
    }

    /** 1 for scores as new as the user, falling to 0 where they go stale. */
    double recency(ScoredRequest request, long count) {
        return Math.max(0, 1 - (double) request.age(count) / (config.staleAfter + 1));
    }
}
