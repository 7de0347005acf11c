package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whose scores are trained on in a step: half of the users are of the batch, half come from the replay queue, since a cold
 * user is seldom in a batch.
 */
final class Speakers {

    /** Requests looked at for each one taken by priority. */
    private static final int LOOKED_AT = 4;

    private final Memory memory;
    private final boolean priority;

    /**
     * A user as of one moment with scores that may speak for it.
     *
     * @param history newest last
     */
    record Speaker(ScoredRequest request, int user, List<CatalogueEntry> history, long count) {}

    private record Keyed(Speaker speaker, double key) {}

    /** @param priority whether the queue is drawn by trust × range of scores × recency, and not uniformly */
    Speakers(Memory memory, boolean priority) {
        this.memory = memory;
        this.priority = priority;
    }

    /** The user's scores if they may speak for this event: asked strictly before it and still fresh. */
    static @Nullable ScoredRequest speaking(Memory memory, UserMemory user, long count, Instant event) {
        ScoredRequest request = user.latest;
        boolean speaks = request != null && request.historyMaxTime().isBefore(event) && memory.fresh(request, count);
        return speaks ? request : null;
    }

    /**
     * At most so many speakers.
     *
     * @param inBatch at most one speaker for each user of the batch
     * @param trust in what is said of this user, for the priority
     */
    List<Speaker> choose(List<Speaker> inBatch, int wanted, ToDoubleFunction<Speaker> trust, Draws random) {
        List<Speaker> speakers = new ArrayList<>(inBatch);
        for (int k = 0; k < speakers.size(); k++) {
            Collections.swap(speakers, k, k + random.below(speakers.size() - k));
        }
        int half = Math.max(1, wanted / 2);
        if (speakers.size() > half) {
            speakers.subList(half, speakers.size()).clear();
        }
        int missing = wanted - speakers.size();
        speakers.addAll(
                priority ? best(drawn(LOOKED_AT * missing, random), missing, trust, random) : drawn(missing, random));
        return speakers;
    }

    private List<Speaker> drawn(int wanted, Draws random) {
        List<Speaker> drawn = new ArrayList<>();
        int size = memory.queue.size();
        for (int tries = 2 * wanted; size > 0 && tries > 0 && drawn.size() < wanted; tries--) {
            ScoredRequest request = memory.queue.get(random.below(size));
            UserMemory user = request.owner();
            if (memory.fresh(request, user.count)) {
                drawn.add(new Speaker(request, request.user(), user.history, user.count));
            }
        }
        return drawn;
    }

    /**
     * Draws without replacement, each as likely as its priority says: those with the smallest −ln(u) / priority stay
     * (Efraimidis and Spirakis 2006).
     */
    private List<Speaker> best(List<Speaker> drawn, int wanted, ToDoubleFunction<Speaker> trust, Draws random) {
        List<Keyed> keyed = new ArrayList<>();
        for (Speaker speaker : drawn) {
            double range = PairPicker.range(PairPicker.open(speaker.request, memory.user(speaker.user)));
            double worth = trust.applyAsDouble(speaker) * range * memory.recency(speaker.request, speaker.count);
            if (worth > 0) {
                keyed.add(new Keyed(speaker, -StrictMath.log(random.uniform()) / worth));
            }
        }
        keyed.sort(Comparator.comparingDouble(Keyed::key));
        return keyed.stream().limit(wanted).map(Keyed::speaker).toList();
    }
}
