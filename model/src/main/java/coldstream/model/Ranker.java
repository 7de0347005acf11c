package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scores a user's candidates with a model as of one moment. Thread-safe; asks no language model: what the residual adds comes
 * from the vectors in the model.
 */
public final class Ranker implements AutoCloseable {

    /** Items of a catalogue up to which each is prepared: some 4 kB an item, and a few microseconds whenever the model moves. */
    private static final int MOST_PREPARED = 100_000;

    private final Features features;
    private final Pooling pooling;
    private final Network.Kept dense;
    private final Trust trust;
    private final Runnable closed;
    private final ServedLogits logits;
    private final @Nullable TextLanes texts;
    private final Explainer explainer;
    private final Alike alike;
    private final List<CatalogueEntry> active;

    /** Of the active items, so that a pass over all of them need not look at each. */
    private final int[] numbers;

    private final byte[] kinds;
    private final List<CatalogueItem> catalogue;

    /**
     * @param features not written to any more
     * @param parameters copied
     * @param closed run when this is closed
     */
    Ranker(Features features, Network network, DenseParameters parameters, Trust trust, Runnable closed) {
        this(features, network, parameters, trust, closed, MOST_PREPARED, new SplitLogits.Spare(), null);
    }

    /** As above, after another ranker of the same model, of which what stayed is taken over. */
    Ranker(
            Features features,
            Network network,
            DenseParameters parameters,
            Trust trust,
            Runnable closed,
            SplitLogits.Spare spare,
            @Nullable TextLanes before) {
        this(features, network, parameters, trust, closed, MOST_PREPARED, spare, before);
    }

    /** @param mostPrepared items up to which each is prepared */
    Ranker(
            Features features,
            Network network,
            DenseParameters parameters,
            Trust trust,
            Runnable closed,
            int mostPrepared,
            SplitLogits.Spare spare,
            @Nullable TextLanes before) {
        this.features = features;
        this.trust = trust;
        this.closed = closed;
        pooling = new Pooling(features);
        dense = network.keep(parameters);
        List<CatalogueEntry> entries = features.catalogue().entries();
        boolean prepares = entries.size() <= mostPrepared;
        logits = (prepares ? Split.of(parameters, features.config()) : Optional.<Split>empty())
                .<ServedLogits>map(split -> new SplitLogits(features, pooling, split, spare))
                .orElseGet(() -> new NetworkLogits(features, pooling, network, dense));
        texts = prepares ? new TextLanes(entries, features.text().dimension(), before) : null;
        active = entries.stream().filter(CatalogueEntry::active).toList();
        numbers = new int[active.size()];
        kinds = new byte[active.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = active.get(k).number();
            kinds[k] = (byte) trust.kind(active.get(k).count());
        }
        catalogue = active.stream().map(CatalogueEntry::asItem).toList();
        explainer = new Explainer(this, features, pooling, network, dense);
        alike = new Alike(features, active);
    }

    /** Loads a snapshot folder as a learner's checkpoint wrote it. */
    public static Ranker load(Path snapshot) {
        try (FollowedModel model = FollowedModel.load(snapshot)) {
            return model.ranker();
        }
    }

    /**
     * As {@link #load}, to score a few items of many users at a time ({@link #scoreEach}): no item is prepared, which would take
     * longer than the scores and most of the memory.
     */
    public static Ranker ofFew(Path snapshot) {
        try (FollowedModel model = FollowedModel.load(snapshot)) {
            return model.rankerOfFew();
        }
    }

    /** As {@link #score(UserContext, List)}, for a user of whom the state alone is known. */
    public float[] score(UserState state, UserId user, List<ItemId> items) {
        return score(UserContext.of(user, state), items);
    }

    /**
     * The served logits, one per item in the order given: backbone plus residual. Unknown users and items are scored by
     * what is known of them: their starting rows.
     */
    public float[] score(UserContext user, List<ItemId> items) {
        RankedUser ranked = ranked(user);
        List<CatalogueEntry> entries =
                items.stream().map(features.catalogue()::entryOf).toList();
        float[] scores = logits.of(ranked.side, ranked.signal, entries);
        for (int k = 0; k < scores.length; k++) {
            scores[k] = ranked.served(scores[k], entries.get(k));
        }
        return scores;
    }

    /** As {@link #score(UserContext, List)} for several users at once: of each those of its own items, in the order of both. */
    public List<float[]> scoreEach(List<UserContext> users, List<List<ItemId>> items) {
        List<RankedUser> ranked = users.stream().map(this::ranked).toList();
        List<List<CatalogueEntry>> entries = items.stream()
                .map(some -> some.stream().map(features.catalogue()::entryOf).toList())
                .toList();
        List<float[]> scores = logits.each(ranked, entries);
        for (int user = 0; user < scores.size(); user++) {
            float[] of = scores.get(user);
            for (int k = 0; k < of.length; k++) {
                of[k] = ranked.get(user).served(of[k], entries.get(user).get(k));
            }
        }
        return scores;
    }

    /** What the next ranker of the model may take over; nothing where nothing is prepared. */
    @Nullable
    TextLanes texts() {
        return texts;
    }

    /** The served logits of everything that can be recommended, in the order of {@link #catalogue}. */
    public float[] scoreAll(UserContext user) {
        RankedUser ranked = ranked(user);
        float[] all = logits.all(ranked.side, ranked.signal);
        float[] scores = new float[active.size()];
        if (texts == null) {
            for (int k = 0; k < scores.length; k++) {
                scores[k] = ranked.served(all[numbers[k]], active.get(k));
            }
        } else {
            UserSignal.OfAll signals = ranked.signal.ofAll(features.catalogue(), texts);
            for (int k = 0; k < scores.length; k++) {
                scores[k] = ranked.served(all[numbers[k]], signals.get(numbers[k]), kinds[k]);
            }
        }
        return scores;
    }

    private RankedUser ranked(UserContext user) {
        return new RankedUser(features, pooling, trust, user);
    }

    /** Why {@link #score} says what it says of an item. */
    public Explanation explain(UserContext user, ItemId item) {
        return explainer.explain(ranked(user), user, item);
    }

    /**
     * How alike every item of the {@link #catalogue} is to one, in [−1, 1], in its order; nothing where this one has no vector
     * or row.
     */
    public Optional<float[]> likeness(ItemId item, Likeness by) {
        CatalogueEntry entry = features.catalogue().entryOf(item);
        return by == Likeness.TEXT ? alike.byText(entry) : alike.byRow(entry);
    }

    /** Everything that can be recommended: retired items are left out. */
    public List<CatalogueItem> catalogue() {
        return catalogue;
    }

    /** Part of every score: the log of the odds by which negatives were sampled, where that is corrected for; else 0. */
    public double offset() {
        return trust.offset();
    }

    /** What a history's texts say, without single items. */
    Taste taste(UserState state) {
        return features.text()
                .taste(
                        state.history().stream()
                                .map(features.catalogue()::entryOf)
                                .toList(),
                        false);
    }

    CatalogueEntry entry(ItemId item) {
        return features.catalogue().entryOf(item);
    }

    /** The user's number, which goes to somebody else where rows do; -1 for a user without a row. */
    public int number(UserId user) {
        return features.userIds.find(user.value());
    }

    /** The item of a number, by order of first sight. */
    public ItemId item(int number) {
        return features.catalogue().get(number).item();
    }

    @Override
    public void close() {
        logits.close();
        dense.close();
        closed.run();
    }
}
