package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A labelled training sample. Every feature dates from strictly before the event.
 *
 * @param sampleId {@code source|event_id} of the event it was made from
 * @param label 1 for a positive, 0 for a negative
 * @param strength ordinal strength of the positive, such as 4 for a purchase or the stars of a rating
 * @param weight of the sample in the loss, more than zero
 * @param history items of the user's earlier positives, newest last, at most 50
 * @param userCount positives of the user before the event
 * @param userNegatives events of the user before this one that were labelled 0; empty if there were none. Impressions nobody
 *     answered are not among them
 * @param itemCount positives of the item before the event
 * @param cold whether the user's history is short enough to ask the language model
 * @param tail whether the item is in the bottom 20 % of popularity among items with a positive
 * @param eventTime the producer's clock
 * @param ingestTime when the event reached Coldstream; the start of every latency
 */
public record Sample(
        String sampleId,
        UserId user,
        ItemId item,
        int label,
        OptionalDouble strength,
        double weight,
        List<ItemId> history,
        long userCount,
        OptionalLong userNegatives,
        long itemCount,
        boolean cold,
        boolean tail,
        Instant eventTime,
        Instant ingestTime) {

    /** Most items a sample's history carries. */
    public static final int MAX_HISTORY = 50;

    public Sample {
        check(label == 0 || label == 1, "label must be 0 or 1, got %d", label);
        check(weight > 0 && Double.isFinite(weight), "weight must be positive and finite, got %s", weight);
        check(history.size() <= MAX_HISTORY, "history must have at most %d items, got %d", MAX_HISTORY, history.size());
        check(userCount >= 0, "user_count must not be negative, got %d", userCount);
        check(
                userNegatives.orElse(1) > 0,
                "user_negatives must be positive where there are any, got %d",
                userNegatives.orElse(1));
        check(itemCount >= 0, "item_count must not be negative, got %d", itemCount);
        history = List.copyOf(history);
    }

    /** A sample of a user without negatives. */
    public Sample(
            String sampleId,
            UserId user,
            ItemId item,
            int label,
            OptionalDouble strength,
            double weight,
            List<ItemId> history,
            long userCount,
            long itemCount,
            boolean cold,
            boolean tail,
            Instant eventTime,
            Instant ingestTime) {
        this(
                sampleId,
                user,
                item,
                label,
                strength,
                weight,
                history,
                userCount,
                OptionalLong.empty(),
                itemCount,
                cold,
                tail,
                eventTime,
                ingestTime);
    }

    /** A number of negatives as samples carry it. */
    public static OptionalLong negatives(long count) {
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
