package coldstream.trainer.watch;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import java.util.List;

/**
 * What a language model last said of each user, to be compared with what the user does then. A table of fixed size: of two users that
 * fall into one place the later one is remembered, and of an answer the first {@value #ITEMS} items.
 */
final class AnswersKept {

    private static final int PLACES = 1 << 12;
    private static final int ITEMS = 32;

    /** Positives after which an answer is no longer held against what a user does. */
    private static final int STALE = 20;

    private final int[] users = new int[PLACES];
    private final long[] versions = new long[PLACES];
    private final long[] times = new long[PLACES];
    private final int[] sizes = new int[PLACES];
    private final int[] items = new int[PLACES * ITEMS];
    private final float[] scores = new float[PLACES * ITEMS];

    /** Remembers an answer; the item that an audit hid is not part of it. */
    void answered(SoftScores answer) {
        int user = hash(answer.user());
        int place = place(user);
        if (users[place] == user && versions[place] > answer.historyVersion()) {
            return; // it was asked later and answered sooner
        }
        users[place] = user;
        versions[place] = answer.historyVersion();
        times[place] = answer.historyMaxTime().toEpochMilli();
        int size = 0;
        List<SoftScores.ItemScore> said = answer.scores();
        for (int k = 0; k < said.size() && size < ITEMS; k++) {
            SoftScores.ItemScore one = said.get(k);
            if (answer.hidden().isEmpty() || !one.item().equals(answer.hidden().get())) {
                items[place * ITEMS + size] = hash(one.item());
                scores[place * ITEMS + size++] = (float) one.score();
            }
        }
        sizes[place] = size;
    }

    /**
     * How right the last answer before an event was about it: of the answer's other items the share that scored lower than the item
     * taken, or higher than the one refused, ties half. NaN where no answer from strictly before the event names the item beside
     * others.
     */
    double right(Sample event) {
        int user = hash(event.user());
        int place = place(user);
        boolean before = sizes[place] > 1
                && users[place] == user
                && versions[place] <= event.userCount()
                && event.userCount() - versions[place] <= STALE
                && times[place] < event.eventTime().toEpochMilli();
        if (!before) {
            return Double.NaN;
        }
        int from = place * ITEMS;
        int to = from + sizes[place];
        int item = hash(event.item());
        for (int k = from; k < to; k++) {
            if (items[k] == item) {
                double lower = below(from, to, scores[k]);
                return event.label() == 1 ? lower : 1 - lower;
            }
        }
        return Double.NaN;
    }

    /** Share of the others below one of them. */
    private double below(int from, int to, float score) {
        double below = -0.5; // itself, a tie
        for (int k = from; k < to; k++) {
            below += scores[k] < score ? 1 : scores[k] == score ? 0.5 : 0;
        }
        return below / (to - from - 1);
    }

    /**
     * How right an audit's answer was: of the other items the share that scored lower than the one it hid, which was taken, ties half.
     * NaN for an answer that is no audit.
     */
    static double right(SoftScores audit) {
        ItemId hidden = audit.hidden().orElse(null);
        int others = audit.scores().size() - 1;
        if (hidden == null || others < 1) {
            return Double.NaN;
        }
        double own = Double.NaN;
        for (SoftScores.ItemScore one : audit.scores()) {
            own = one.item().equals(hidden) ? one.score() : own;
        }
        double below = -0.5; // itself, a tie
        for (SoftScores.ItemScore one : audit.scores()) {
            below += one.score() < own ? 1 : one.score() == own ? 0.5 : 0;
        }
        return Double.isNaN(own) ? Double.NaN : below / others;
    }

    private static int place(int hash) {
        return hash & PLACES - 1;
    }

    private static int hash(UserId user) {
        return mixed(user.value().hashCode());
    }

    private static int hash(ItemId item) {
        return mixed(item.value().hashCode());
    }

    private static int mixed(int hash) {
        int spread = hash * 0x9E3779B9;
        return spread ^ spread >>> 16;
    }
}
