package coldstream.model;

import static coldstream.domain.Check.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far a language model's signal is added to a logit: s' = s + Σ<sub>k</sub> a<sub>k</sub> t<sub>k</sub>, t<sub>k</sub>
 * being the signal's parts (see {@link Signal#part}), with a ≥ 0 by how much of the user's history there is and by how popular
 * the item is. A short history says less, so its signal earns a trust of its own. Since no a is negative and every part grows
 * with the signal, more of it never lowers a logit.
 *
 * @param offset added to every logit: the log of the odds by which negatives were sampled, or 0
 * @param cells a, one list for each of the signal's parts looked at: {@value #KINDS} for each of the {@value #HISTORIES}
 *     lengths of history
 * @param tailThreshold an item with 1 to so many positives is in the tail
 * @param profile a for what the user's taste profile says
 * @param scores how another language model's scores take the taste's place
 */
public record Trust(double offset, List<List<Double>> cells, long tailThreshold, OfProfile profile, OfScores scores) {

    /** Lengths told apart: at most 1, 2, 3, 4 to 9, 10 and more. */
    public static final int HISTORIES = 5;

    private static final Signal HALF = new Signal(0.5f, 0.5f);

    /**
     * How far profiles are trusted.
     *
     * @param cells a, {@value #KINDS} for each of the {@value #HISTORIES} lengths of history; none where profiles are not
     *     looked at
     * @param staleAfter positives of the user since a profile was asked for, at which it still speaks
     */
    public record OfProfile(List<Double> cells, long staleAfter) {

        /** Profiles are not looked at. */
        public static final OfProfile NONE = new OfProfile(List.of(), 0);

        public OfProfile {
            cells = List.copyOf(cells);
            check(
                    cells.isEmpty() || cells.size() == HISTORIES * KINDS,
                    "trust has %d cells, got %s",
                    HISTORIES * KINDS,
                    cells);
        }

        /** Whether a profile of so much history may speak for a user with so many positives: none of the future, none too old. */
        public boolean speaks(long historyVersion, long userCount) {
            return !cells.isEmpty() && historyVersion <= userCount && userCount - historyVersion <= staleAfter;
        }
    }

    /**
     * How scores that another language model gave for a user are brought to the spread of cosines: (score − mean of its
     * request) / deviation of its request · spread.
     *
     * @param spread root of the mean square of cosines; 0 where stored scores are not looked at
     * @param staleAfter positives of the user since scores were asked for, at which they still speak
     */
    public record OfScores(double spread, long staleAfter) {

        /** Stored scores are not looked at. */
        public static final OfScores NONE = new OfScores(0, 0);

        /** Whether scores of so much history may speak for a user with so many positives. */
        boolean speaks(long historyVersion, long userCount) {
            return spread > 0 && historyVersion >= 0 && userCount - historyVersion <= staleAfter;
        }
    }

    /** Kinds of item: head, tail, new. */
    public static final int KINDS = 3;

    public Trust {
        cells = cells.stream().map(List::copyOf).toList();
        scores = Objects.requireNonNullElse(scores, OfScores.NONE); // snapshots from before they were looked at
        check(cells.size() <= Signal.PARTS, "a signal has %d parts, got %d", Signal.PARTS, cells.size());
        for (List<Double> part : cells) {
            check(part.size() == HISTORIES * KINDS, "trust has %d cells, got %s", HISTORIES * KINDS, part);
        }
    }

    /** Without a look at profiles. */
    public Trust(double offset, List<List<Double>> cells, long tailThreshold) {
        this(offset, cells, tailThreshold, OfProfile.NONE);
    }

    /** Without a look at stored scores. */
    public Trust(double offset, List<List<Double>> cells, long tailThreshold, OfProfile profile) {
        this(offset, cells, tailThreshold, profile, OfScores.NONE);
    }

    /** The same, and a look at stored scores. */
    public Trust with(OfScores other) {
        return new Trust(offset, cells, tailThreshold, profile, other);
    }

    /** No trust: nothing is added. */
    public static Trust none() {
        return new Trust(0, List.of(), 0);
    }

    /** Which length of history a user with so many positives has, from 0. */
    public static int history(long userCount) {
        return userCount <= 3 ? (int) Math.max(0, userCount - 1) : userCount <= 9 ? 3 : 4;
    }

    /** Which kind of item one with so many positives is: 0 head, 1 tail, 2 new. */
    public static int kind(long itemCount, long tailThreshold) {
        return itemCount == 0 ? 2 : itemCount <= tailThreshold ? 1 : 0;
    }

    /** Where a is among {@link #cells}. */
    public static int cell(int history, int kind) {
        return history * KINDS + kind;
    }

    /**
     * What a signal of 0.5 adds, by names such as {@code history_4_tail}: the least history, then the kind of item; a
     * profile's by names such as {@code profile_history_4_tail}.
     */
    public Map<String, Double> byName() {
        List<String> kinds = List.of("head", "tail", "new");
        List<Integer> least = List.of(1, 2, 3, 4, 10);
        Map<String, Double> named = new LinkedHashMap<>();
        for (int history = 0; history < HISTORIES; history++) {
            for (int kind = 0; kind < KINDS; kind++) {
                String name = "history_%d_%s".formatted(least.get(history), kinds.get(kind));
                int cell = cell(history, kind);
                named.put(name, new OfUser(this, history).signalled(HALF, kind));
                if (!profile.cells.isEmpty()) {
                    named.put("profile_" + name, profile.cells.get(cell) / 2);
                }
            }
        }
        return named;
    }

    /** Whether the history's nearest item is looked at. */
    boolean near() {
        return cells.size() > Signal.LINE;
    }

    /** Which kind of item one with so many positives is. */
    int kind(long itemCount) {
        return kind(itemCount, tailThreshold);
    }

    /** What is added to a user's logits. */
    OfUser ofUser(long userCount) {
        return new OfUser(this, history(userCount));
    }

    /** What is added to a logit, of a user with so much history. */
    static final class OfUser {

        private final double offset;

        /** By kind of item, a of each of the signal's parts looked at. */
        private final double[][] parts = new double[KINDS][];

        /** By kind of item, a of the profile; none where profiles are not looked at. */
        private final double[] profile;

        private OfUser(Trust trust, int history) {
            offset = trust.offset;
            profile = new double[trust.profile.cells.isEmpty() ? 0 : KINDS];
            for (int kind = 0; kind < KINDS; kind++) {
                int cell = cell(history, kind);
                parts[kind] =
                        trust.cells.stream().mapToDouble(part -> part.get(cell)).toArray();
                if (profile.length > 0) {
                    profile[kind] = trust.profile.cells.get(cell);
                }
            }
        }

        /** @param kind of the item */
        double add(Signal signal, int kind) {
            return offset + signalled(signal, kind);
        }

        /** Without the offset. */
        double signalled(Signal signal, int kind) {
            double sum = 0;
            for (int k = 0; k < parts[kind].length; k++) {
                sum += parts[kind][k] * signal.part(k);
            }
            return profile.length == 0 ? sum : sum + profile[kind] * signal.profile();
        }
    }
}
