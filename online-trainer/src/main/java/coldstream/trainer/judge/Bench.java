package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserContext;
import coldstream.wire.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The comparisons that are being made and the versions they need, each loaded once. One thread at a time. */
final class Bench implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Tribunal tribunal;
    private final int rows;
    private final Map<Comparison, Trial> trials = new LinkedHashMap<>();
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();

    /** When to try again, by version that could not be loaded. */
    private final Map<String, Instant> lost = new HashMap<>();

    Bench(Tribunal tribunal, int rows) {
        this.tribunal = tribunal;
        this.rows = rows;
    }

    /**
     * Makes these comparisons from now on; one that goes on keeps what it found. Versions nobody needs are let go first, so
     * that no more are held than are compared.
     */
    void seat(Collection<Comparison> wanted, Instant now) {
        Set<String> versions = new LinkedHashSet<>();
        wanted.forEach(comparison -> {
            versions.add(comparison.baseline());
            versions.add(comparison.arm());
        });
        versions.remove(Evidence.LIVE);
        trials.keySet().retainAll(wanted);
        contestants.entrySet().removeIf(seated -> {
            boolean leaves = !versions.contains(seated.getKey());
            if (leaves) {
                seated.getValue().close();
            }
            return leaves;
        });
        wanted.forEach(comparison -> trials.computeIfAbsent(comparison, one -> new Trial(one, rows)));
        lost.keySet().retainAll(versions);
        load(versions, now);
    }

    /** Loads what is missing; one that cannot be loaded keeps no other from it, and is tried again after a while. */
    private void load(Set<String> versions, Instant now) {
        @Nullable RuntimeException failure = null;
        for (String version : versions) {
            boolean rests = now.isBefore(lost.getOrDefault(version, Instant.MIN));
            if (!contestants.containsKey(version) && !rests) {
                try {
                    contestants.put(version, tribunal.load(version));
                } catch (RuntimeException | OutOfMemoryError e) { // a damaged length asks for any amount
                    lost.put(version, now.plus(PAUSE));
                    failure = new IllegalStateException("version " + version + " cannot be loaded", e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Versions held. */
    int seated() {
        return contestants.size();
    }

    Collection<Trial> trials() {
        return trials.values();
    }

    /**
     * Measures every version that has not learnt from the step.
     *
     * @return whether any comparison came of it
     */
    boolean judge(JudgedStep step, Instant now) {
        Map<String, List<float[]>> found = new LinkedHashMap<>();
        List<UserContext> users = step.users();
        contestants.forEach((version, contestant) -> {
            if (contestant.isBlindTo(step.fromOffsets())) {
                found.put(version, contestant.measure(step.events(), users));
            }
        });
        found.put(Evidence.LIVE, live(step.events()));
        boolean any = false;
        for (Trial trial : trials.values()) {
            List<float[]> arm = found.get(trial.comparison.arm());
            List<float[]> baseline = found.get(trial.comparison.baseline());
            if (arm != null && baseline != null) {
                trial.add(step, now, arm, baseline);
                any = true;
            }
        }
        return any;
    }

    private static List<float[]> live(List<ScoredEvent> events) {
        List<float[]> live = new ArrayList<>();
        for (ScoredEvent event : events) {
            float[] logits = new float[1 + event.negatives().size()];
            logits[0] = (float) event.logit();
            for (int k = 1; k < logits.length; k++) {
                logits[k] = (float) event.negatives().get(k - 1).logit();
            }
            live.add(logits);
        }
        return live;
    }

    @Override
    public void close() {
        contestants.values().forEach(Contestant::close);
        contestants.clear();
        trials.clear();
    }
}
