package coldstream.trainer.learning;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.model.CatalogueEntry;
import coldstream.model.Features;
import coldstream.model.Taste;
import coldstream.model.Touched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything remembered besides parameters: who took what, how often, and what the language model said. */
final class Memory {

    private final LearnerConfig config;
    final Features features;
    final Candidates candidates;
    final TailWatch tail;
    final ReplayQueue queue;
    final Profiles profiles;
    final ArrayList<UserMemory> users = new ArrayList<>();

    /** Users who took something, or were forgotten, since somebody asked. */
    final Touched took = new Touched();

    /** Whether anybody asks. */
    boolean noted;

    /** The latest event time of this step so far. */
    Instant now = Instant.MIN;

    /** Whether what is known of users and items stays as it is. */
    boolean settled;

    Memory(LearnerConfig config, Features features) {
        this.config = config;
        this.features = features;
        candidates = new Candidates(features.catalogue());
        tail = new TailWatch(config.tailShare);
        queue = new ReplayQueue(config.replay);
        profiles = new Profiles(config.profiles, config.staleAfter);
        features.onLostUser(this::forget);
    }

    /** The user's number, given on first sight where rows are; -1 for a user without a row. */
    int number(UserId user) {
        return known(features.user(user));
    }

    /** As {@link #number}, for the user of a sample. */
    int number(Sample sample) {
        return known(features.sight(sample.user(), sample.sampleId()));
    }

    private int known(int number) {
        while (users.size() <= number) {
            users.add(new UserMemory(users.size()));
        }
        return number;
    }

    /** Another user may get the number: what is known of this one is let go, and what was said speaks for nobody. */
    private void forget(int number) {
        users.get(number).number = -1;
        users.set(number, new UserMemory(number));
        note(number);
    }

    private void note(int number) {
        if (noted && number >= 0) {
            took.note(number);
        }
    }

    UserMemory user(int number) {
        return users.get(number);
    }

    /** The user of a sample; of a stranger, and of somebody just met, the sample says what was taken. */
    UserMemory user(int number, List<CatalogueEntry> history, long count) {
        if (number < 0) {
            return UserMemory.stranger(history, count);
        }
        UserMemory user = users.get(number);
        if (user.count == 0 && count > 0) {
            user.met(history);
            note(number);
        }
        return user;
    }

    /** Positives of the user learnt so far, right after a sample of theirs. */
    long reached(Sample sample) {
        int number = features.find(sample.user());
        return number < 0 ? sample.userCount() + (sample.label() == 1 ? 1 : 0) : users.get(number).count;
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
    void took(UserMemory memory, List<CatalogueEntry> before, long countBefore, CatalogueEntry item) {
        if (settled) {
            return;
        }
        boolean late = countBefore < memory.count;
        List<CatalogueEntry> history = new ArrayList<>(late ? memory.history : before);
        history.add(item);
        int depth = Math.max(config.model.history(), Taste.ITEMS);
        memory.history = List.copyOf(history.subList(Math.max(0, history.size() - depth), history.size()));
        memory.count = late ? memory.count + 1 : countBefore + 1;
        memory.met(before);
        memory.taken.add(item.number());
        note(memory.number);
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

    /** Remembers an answer, unless the user has no row; the hidden item of an audit is no candidate. */
    Optional<ScoredRequest> remember(SoftScores scores) {
        Optional<ScoredRequest> request = read(scores);
        request.ifPresent(this::add);
        return request;
    }

    /** As {@link #remember}, but it speaks for nobody. */
    Optional<ScoredRequest> read(SoftScores scores) {
        int user = number(scores.user());
        if (user < 0) {
            return Optional.empty();
        }
        List<CatalogueEntry> items = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (SoftScores.ItemScore score : scores.scores()) {
            if (!score.item().equals(scores.hidden().orElse(null))) {
                items.add(features.catalogue().add(score.item()));
                values.add(score.score());
            }
        }
        return Optional.of(new ScoredRequest(
                users.get(user), items, values, scores.model(), scores.historyVersion(), scores.historyMaxTime()));
    }

    @SuppressWarnings("ReferenceEquality") // this very request, not one that says the same
    void add(ScoredRequest request) {
        queue.add(request).ifPresent(forgotten -> {
            if (forgotten.owner().latest == forgotten) {
                forgotten.owner().latest = null;
            }
        });
        UserMemory memory = request.owner();
        ScoredRequest latest = memory.latest;
        if (latest == null || latest.historyVersion() <= request.historyVersion()) {
            memory.latest = request;
        }
    }

    /** Whether scores may still speak for a user with so many positives: they are recent, and the user is known. */
    boolean fresh(ScoredRequest request, long count) {
        boolean recent = config.staleTime.isZero()
                || !request.historyMaxTime().plus(config.staleTime).isBefore(now);
        return request.user() >= 0 && request.age(count) <= config.staleAfter && recent;
    }

    /** 1 for scores as new as the user, falling to 0 where they go stale. */
    double recency(ScoredRequest request, long count) {
        return Math.max(0, 1 - (double) request.age(count) / (config.staleAfter + 1));
    }
}
