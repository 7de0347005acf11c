package coldstream.app.evaluate;

import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.LabelRules;
import coldstream.domain.PopularityHistogram;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns interactions, in order of time, into samples and score requests as ingest does: every feature dates from strictly
 * before the event.
 *
 * <p>The tail threshold is refreshed every {@value #REFRESH} events. A request is made after a positive for a user whose
 * history is short, for an item that is new or in the bottom tenth, and at a set rate for anybody.
 */
final class LocalIngest {

    private static final int REFRESH = 64;
    private static final int COLD_HISTORY = 3;
    private static final double TAIL_SHARE = 0.2;
    private static final double REQUEST_TAIL_SHARE = 0.1;

    /** What an event leads to. */
    record Outcome(Sample sample, Optional<ScoreRequest> request) {}

    private final LabelRules labels;
    private final double auditRate;
    private final Map<UserId, List<ItemId>> histories = new HashMap<>();
    private final Map<ItemId, Long> itemCounts = new HashMap<>();
    private final PopularityHistogram popularity = new PopularityHistogram();
    private long tailThreshold;
    private long requestThreshold;
    private long events;

    /**
     * Starts with nobody known.
     *
     * @param auditRate share of other positives that lead to an audit request, in [0, 1]
     */
    LocalIngest(LabelRules labels, double auditRate) {
        this.labels = labels;
        this.auditRate = auditRate;
    }

    Outcome accept(Interaction event) {
        if (events % REFRESH == 0) {
            tailThreshold = popularity.tailThreshold(TAIL_SHARE);
            requestThreshold = popularity.tailThreshold(REQUEST_TAIL_SHARE);
        }
        events++;
        LabelRules.Label label = labels.label(event);
        List<ItemId> history = histories.computeIfAbsent(event.user(), user -> new ArrayList<>());
        long itemCount = itemCounts.getOrDefault(event.item(), 0L);
        var sample = new Sample(
                event.source() + "|" + event.eventId(),
                event.user(),
                event.item(),
                label.value(),
                label.strength(),
                1,
                latest(history, Sample.MAX_HISTORY),
                history.size(),
                itemCount,
                history.size() <= COLD_HISTORY,
                itemCount >= 1 && itemCount <= tailThreshold,
                event.timestamp(),
                event.timestamp());
        if (label.value() == 0) {
            return new Outcome(sample, Optional.empty());
        }
        history.add(event.item());
        itemCounts.merge(event.item(), 1L, Long::sum);
        popularity.increment(itemCount);
        return new Outcome(sample, reason(sample, history.size()).map(reason -> request(event, reason, history)));
    }

    private Optional<Reason> reason(Sample sample, int historySize) {
        if (historySize <= COLD_HISTORY) {
            return Optional.of(Reason.COLD_USER);
        }
        if (sample.itemCount() <= requestThreshold) {
            return Optional.of(Reason.TAIL_ITEM);
        }
        double draw = (double) ((sample.sampleId().hashCode() * 0x9E3779B97F4A7C15L) >>> 11) / (1L << 53);
        return draw < auditRate ? Optional.of(Reason.AUDIT) : Optional.empty();
    }

    private static ScoreRequest request(Interaction event, Reason reason, List<ItemId> history) {
        return new ScoreRequest(
                event.source() + "|" + event.eventId(),
                event.user(),
                latest(history, ScoreRequest.MAX_HISTORY),
                reason,
                reason == Reason.TAIL_ITEM ? List.of(event.item()) : List.of(),
                history.size(),
                event.timestamp(),
                event.timestamp());
    }

    private static List<ItemId> latest(List<ItemId> history, int most) {
        return List.copyOf(history.subList(Math.max(0, history.size() - most), history.size()));
    }
}
