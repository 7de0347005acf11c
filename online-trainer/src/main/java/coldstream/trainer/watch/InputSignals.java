package coldstream.trainer.watch;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.monitor.Channel;
import coldstream.monitor.Gauge;
import coldstream.monitor.Harm;
import coldstream.monitor.Signal;
import coldstream.monitor.Signal.Layer;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchedSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/** What comes in, field by field. */
final class InputSignals {

    /** Items of the user's history, at most {@link Sample#MAX_HISTORY}. */
    static final Signal HISTORY_LENGTH = input("history_length");

    /** Rank of the item among those taken of late, see {@link PopularityRanks}. */
    static final Signal POPULARITY = input("popularity_rank");

    /** 1 for an item nobody took before, else 0. */
    static final Signal NEW_ITEM = input("new_item");

    /** 1 for a user without a positive, else 0. */
    static final Signal NEW_USER = input("new_user");

    /** 1 for an item among the least popular, else 0. */
    static final Signal TAIL = input("tail");

    /** Which of 32 bins the item's first category falls in; left out where an item has none. */
    static final Signal CATEGORY = input("category");

    /** 1 for a positive, else 0. */
    static final Signal LABEL = input("label");

    /** Ordinal strength, where there is one. */
    static final Signal STRENGTH = input("strength");

    /** log(1 + seconds the event is behind the newest one). */
    static final Signal LATENESS = input("lateness");

    /** log of events a second, by when they reached Coldstream. */
    static final Signal RATE = input("event_rate");

    /** Three times as many events, or a third. */
    private static final double RATE_MATERIAL = StrictMath.log(3);

    /** None of these bits in one case of four: a category is asked for anew, since it may have changed. */
    private static final int RENEWED = 0x6000_0000;

    /** No category of any item, and not that it has none. */
    private static final int UNKNOWN = -2;

    /** 2³² over the golden ratio. */
    private static final int GOLDEN = 0x9E3779B9;

    static final List<WatchedSignal> PLANS = List.of(
            WatchedSignal.distribution(HISTORY_LENGTH),
            WatchedSignal.distribution(POPULARITY),
            WatchedSignal.distribution(NEW_ITEM),
            WatchedSignal.distribution(NEW_USER),
            WatchedSignal.distribution(TAIL),
            WatchedSignal.distribution(CATEGORY),
            WatchedSignal.distribution(LABEL),
            WatchedSignal.distribution(STRENGTH),
            WatchedSignal.distribution(LATENESS),
            WatchedSignal.estimate(RATE, Harm.EITHER, RATE_MATERIAL));

    private final Channel historyLength;
    private final Channel popularity;
    private final Channel newItem;
    private final Channel newUser;
    private final Channel tail;
    private final Channel category;
    private final Channel label;
    private final Channel strength;
    private final Channel lateness;
    private final Gauge rate;

    private final PopularityRanks ranks = new PopularityRanks();
    private long newest = Long.MIN_VALUE;
    private Instant newestIngest = Instant.MIN;
    private Instant windowBegan = Instant.MIN;
    private long inWindow;

    /** Below 0 for half of the samples, in no pattern that a stream could share. */
    private int scattered;

    private static Signal input(String name) {
        return new Signal(Layer.INPUT, name);
    }

    InputSignals(Watch watch) {
        historyLength = watch.channel(HISTORY_LENGTH);
        popularity = watch.channel(POPULARITY);
        newItem = watch.channel(NEW_ITEM);
        newUser = watch.channel(NEW_USER);
        tail = watch.channel(TAIL);
        category = watch.channel(CATEGORY);
        label = watch.channel(LABEL);
        strength = watch.channel(STRENGTH);
        lateness = watch.channel(LATENESS);
        rate = watch.gauge(RATE);
    }

    /**
     * Takes in the samples of a step. Half of them are looked at: a window has no room for more. The category of an item taken of late is
     * remembered for a while, for to find an item in a large catalogue costs more than all else here.
     *
     * @param categories bin of an item's first category, or -1
     */
    void add(List<Sample> samples, ToIntFunction<ItemId> categories) {
        for (Sample sample : samples) {
            scattered += GOLDEN;
            if (scattered < 0) {
                add(sample, categories);
            }
        }
        if (!samples.isEmpty()) {
            arrived(samples.get(samples.size() - 1));
        }
        inWindow += samples.size();
    }

    private void arrived(Sample sample) {
        if (sample.ingestTime().isAfter(newestIngest)) {
            newestIngest = sample.ingestTime();
        }
    }

    private void add(Sample sample, ToIntFunction<ItemId> categories) {
        historyLength.add(sample.history().size());
        newItem.add(sample.itemCount() == 0 ? 1 : 0);
        newUser.add(sample.userCount() == 0 ? 1 : 0);
        tail.add(sample.tail() ? 1 : 0);
        label.add(sample.label());
        sample.strength().ifPresent(strength::add);
        lookUp(sample, categories);
        long happened = sample.eventTime().toEpochMilli();
        newest = Math.max(newest, happened);
        lateness.add(newest == happened ? 0 : Math.log1p((newest - happened) / 1e3));
        arrived(sample);
    }

    private void lookUp(Sample sample, ToIntFunction<ItemId> categories) {
        ItemId item = sample.item();
        if (ranks.ready()) {
            popularity.add(ranks.rank(item));
        }
        int bin = (scattered & RENEWED) == 0 ? UNKNOWN : ranks.note(item, UNKNOWN);
        if (bin == UNKNOWN) {
            bin = categories.applyAsInt(item);
        }
        if (sample.label() == 1) {
            ranks.took(item, bin);
        }
        if (bin >= 0) {
            category.add(bin);
        }
    }

    /** The time of the stream: when the newest event reached Coldstream. */
    Instant time() {
        return newestIngest;
    }

    /** Before a test. */
    void look() {
        if (windowBegan.isAfter(Instant.MIN) && newestIngest.isAfter(windowBegan)) {
            double seconds = Duration.between(windowBegan, newestIngest).toNanos() / 1e9;
            rate.set(Math.log(inWindow / seconds), 1 / Math.sqrt((double) inWindow));
        }
        windowBegan = newestIngest;
        inWindow = 0;
    }
}
