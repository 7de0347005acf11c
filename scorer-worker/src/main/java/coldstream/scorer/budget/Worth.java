package coldstream.scorer.budget;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What asking is expected to bring: trust in the language model × how little is known without it × how often it will count.
 *
 * <pre>
 * worth(request) = gate(user, item) · coldness(h) · traffic(item)
 * coldness(h)    = 1 / (1 + h/3)                          h positives of the user; ½ where a history stops being cold
 * traffic(item)  = ½ + ½ · ln(1 + n) / ln(1 + n_max)      n, n_max popularity of the hinted item and of the first
 * </pre>
 *
 * <p>A tail item that many users may be shown is a question about the item, not about the user's coldness: its coldness is
 * that of a user at the threshold. An audit measures the gate and has no worth of its own by this formula: it comes first,
 * always, since without it no cell's trust is known; its number is bounded by its share of the requests.
 */
public final class Worth {

    private static final double COLD = 3;
    private static final double AUDIT = 2;

    private final Supplier<Map<ItemId, Long>> popularity;
    private final GateTrust gate;

    /** @param popularity of the popular items, most popular first; may change between calls */
    public Worth(Supplier<Map<ItemId, Long>> popularity, GateTrust gate) {
        this.popularity = popularity;
        this.gate = gate;
    }

    /** In (0, 2]; more is asked first. */
    public double of(ScoreRequest request) {
        if (request.reason() == Reason.AUDIT) {
            return AUDIT;
        }
        boolean tail = request.reason() == Reason.TAIL_ITEM;
        double positives = (double) request.historyVersion();
        double history = tail ? Math.min(COLD, positives) : positives;
        boolean cold = request.historyVersion() <= COLD;
        return gate.of(cold, tail) * (1 / (1 + history / COLD)) * traffic(request);
    }

    private double traffic(ScoreRequest request) {
        Map<ItemId, Long> counts = popularity.get();
        if (counts.isEmpty()) {
            return 1;
        }
        long first = Math.max(1, counts.values().iterator().next());
        long most = request.hints().stream()
                .mapToLong(item -> counts.getOrDefault(item, 0L))
                .max()
                .orElse(first);
        return 0.5 + 0.5 * Math.min(1, Math.log1p((double) most) / Math.log1p((double) first));
    }
}
