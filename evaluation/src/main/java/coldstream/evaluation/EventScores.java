package coldstream.evaluation;

import static coldstream.domain.Check.check;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every row one run predicted, kept one by one for exact areas and paired comparisons: about 20 bytes a row.
 *
 * <p>Events with {@link ScoredEvent#scored()} false are ignored. Not thread-safe.
 */
public final class EventScores {

    /** Fewest positives, and negatives, for an area of a span of time. */
    static final int ENOUGH = 20;

    private final Map<String, Integer> users = new HashMap<>();
    private final ScoredRows rows = new ScoredRows();
    private int events;
    private long eventsHash;

    /** Keeps the predictions of one event. */
    public void add(ScoredEvent event) {
        if (!event.scored()) {
            return;
        }
        eventsHash = 31 * eventsHash + event.sample().sampleId().hashCode();
        int user = users.computeIfAbsent(event.sample().user().value(), id -> users.size());
        rows.add(events, user, stratum -> stratum.holds(event), event.sample().label() == 1, event.logit());
        for (Negative negative : event.negatives()) {
            rows.add(events, user, stratum -> stratum.holds(event, negative), false, negative.logit());
        }
        events++;
    }

    /** The exact area of a stratum; NaN without a positive or without a negative. */
    public double auc(Stratum stratum) {
        return rows.of(stratum).auc();
    }

    /** How well a stratum's probabilities agree with what happened. */
    public Calibration calibration(Stratum stratum) {
        return rows.of(stratum).calibration();
    }

    /**
     * The exact areas of a stratum in so many spans of equally many events, in order of time; NaN where a span has fewer
     * than {@value #ENOUGH} positives or negatives.
     */
    public double[] overTime(Stratum stratum, int spans) {
        check(spans >= 1, "spans must be at least 1, got %d", spans);
        double[] areas = new double[spans];
        for (int span = 0; span < spans; span++) {
            int from = (int) ((long) events * span / spans);
            int to = (int) ((long) events * (span + 1) / spans);
            ScoreColumns columns = rows.of(stratum, from, to);
            boolean enough = columns.count(true) >= ENOUGH && columns.count(false) >= ENOUGH;
            areas[span] = enough ? columns.auc() : Double.NaN;
        }
        return areas;
    }

    /** The exact areas, and those of the bootstrap's draws; strata without both classes are left out. */
    public RunAreas areas(PairedBootstrap bootstrap) {
        Map<String, AreaDraws> found = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            ScoreColumns columns = rows.of(stratum);
            double area = columns.auc();
            if (!Double.isNaN(area)) {
                found.put(stratum.key(), new AreaDraws(area, bootstrap.drawn(users.size(), new WeightedAuc(columns))));
            }
        }
        return new RunAreas(events + " events, " + Long.toHexString(eventsHash), found);
    }

    /** Events that count. */
    public int events() {
        return events;
    }

    /** Users with an event that counts. */
    public int users() {
        return users.size();
    }
}
