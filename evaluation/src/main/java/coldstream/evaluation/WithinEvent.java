package coldstream.evaluation;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The area within each event: the share of its own negatives that its item scores above, ties counting half; averaged over
 * events, so that how users' scores compare with each other does not matter.
 *
 * <p>Meant for events with many negatives, such as 99. Not thread-safe.
 */
public final class WithinEvent {

    private final Map<String, Integer> users = new HashMap<>();
    private final ScoredRows events = new ScoredRows();
    private int count;
    private long eventsHash;

    /** Takes an event with its negatives; one without, or that is not scored, is ignored. */
    public void add(ScoredEvent event) {
        if (!event.scored() || event.negatives().isEmpty() || event.sample().label() != 1) {
            return;
        }
        int user = users.computeIfAbsent(event.sample().user().value(), id -> users.size());
        eventsHash = 31 * eventsHash + event.sample().sampleId().hashCode();
        double[] others =
                event.negatives().stream().mapToDouble(Negative::logit).toArray();
        double share = Auc.of(new double[] {event.logit()}, others);
        events.add(count++, user, stratum -> stratum.holds(event), true, share);
    }

    /** Events taken. */
    public int events() {
        return count;
    }

    /** The means, and those of the bootstrap's draws; {@code row_tail} equals {@code tail} here. */
    public RunAreas areas(PairedBootstrap bootstrap) {
        Map<String, AreaDraws> found = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            ScoreColumns rows = events.of(stratum);
            if (rows.size() > 0) {
                int[] once = new int[users.size()];
                Arrays.fill(once, 1);
                found.put(
                        stratum.key(),
                        new AreaDraws(mean(rows, once), bootstrap.drawn(users.size(), weights -> mean(rows, weights))));
            }
        }
        return new RunAreas(count + " events within, " + Long.toHexString(eventsHash), found);
    }

    private static double mean(ScoreColumns rows, int[] weights) {
        double sum = 0;
        long rowsDrawn = 0;
        for (int row = 0; row < rows.size(); row++) {
            int weight = weights[rows.user(row)];
            sum += weight * rows.logit(row);
            rowsDrawn += weight;
        }
        return sum / rowsDrawn;
    }
}
