package coldstream.scorer.candidates;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Chooses what a language model is asked: a pure function of the request, the shelf and the rules.
 *
 * <p>All chance is seeded by the request's id, so a redelivered request asks the same question. Candidates are shuffled:
 * a model that favours the first of a list favours no kind of item.
 */
public final class CandidateBuilder {

    /** Draws before a place stays empty; catalogues smaller than the question run out. */
    private static final int TRIES = 8;

    private static final long SALT = 0x9E3779B97F4A7C15L;

    private final CandidateRules rules;

    public CandidateBuilder(CandidateRules rules) {
        this.rules = rules;
    }

    /**
     * The question of this request, or nothing: no item of the history can be read, or there is nothing to ask about.
     * History items nobody announced, or without a text, are left out.
     */
    public Optional<Question> question(ScoreRequest request, Shelf shelf) {
        List<Item> readable = new ArrayList<>(request.history().size());
        request.history().forEach(item -> shelf.index().find(item).ifPresent(readable::add));
        return question(request, readable, shelf);
    }

    /** As above, of these items of the request's history, which may be newer than the shelf. */
    public Optional<Question> question(ScoreRequest request, List<Item> readable, Shelf shelf) {
        ItemIndex index = shelf.index();
        if (readable.isEmpty() || index.size() == 0) {
            return Optional.empty();
        }
        List<Item> history = new ArrayList<>(readable);
        SplittableRandom random = new SplittableRandom(seed(request.requestId()));
        Optional<ItemId> hidden = Optional.empty();
        if (random.nextDouble() < rules.auditShare()) {
            hidden = hide(request, history, index);
        }
        Picks picks = new Picks(request.history(), index, rules.count());
        hidden.ifPresent(item -> probe(picks, index.number(item), shelf, random));
        fill(picks, request, shelf, random);
        if (picks.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Question(history, picks.shuffled(random), hidden));
    }

    /** Takes the newest item out of the readable history, if it is the request's newest and another kind of item stays. */
    private static Optional<ItemId> hide(ScoreRequest request, List<Item> history, ItemIndex index) {
        ItemId last = history.get(history.size() - 1).item();
        List<ItemId> asked = request.history();
        boolean newest = asked.get(asked.size() - 1).equals(last);
        if (!newest
                || index.number(last) < 0
                || history.stream().allMatch(item -> item.item().equals(last))) {
            return Optional.empty();
        }
        history.removeIf(item -> item.item().equals(last));
        return Optional.of(last);
    }

    /** Puts the hidden item among items about as popular as itself. */
    private static void probe(Picks picks, int hidden, Shelf shelf, SplittableRandom random) {
        picks.force(hidden);
        int rank = shelf.rank(hidden);
        if (rank < 0) {
            picks.draw(CandidateRules.LIKE_HIDDEN, TRIES, () -> unknown(shelf, random));
            return;
        }
        int reach = Math.max(2 * CandidateRules.LIKE_HIDDEN, rank / 10);
        int from = Math.max(0, rank - reach);
        int to = Math.min(shelf.knownCount(), rank + reach + 1);
        picks.draw(CandidateRules.LIKE_HIDDEN, TRIES, () -> shelf.known(from + random.nextInt(to - from)));
    }

    private void fill(Picks picks, ScoreRequest request, Shelf shelf, SplittableRandom random) {
        ItemIndex index = shelf.index();
        for (ItemId hint : request.hints()) {
            picks.offer(index.number(hint));
        }
        int pool = Math.min(rules.popularPool(), shelf.knownCount());
        if (pool > 0) {
            picks.draw(rules.popular(), TRIES, () -> shelf.known(random.nextInt(pool)));
        }
        List<List<Integer>> categories = index.categories();
        picks.draw(rules.diverse(), TRIES, () -> {
            List<Integer> category = categories.get(random.nextInt(categories.size()));
            return category.get(random.nextInt(category.size()));
        });
        int rest = rules.count() - picks.size();
        picks.draw(rest, TRIES, () -> tail(shelf, random));
        picks.draw(rules.count() - picks.size(), TRIES, () -> random.nextInt(index.size()));
    }

    /** An item whose count is unknown, if a few draws find one. */
    private static int unknown(Shelf shelf, SplittableRandom random) {
        int number = random.nextInt(shelf.index().size());
        for (int draw = 1; draw < TRIES && shelf.rank(number) >= 0; draw++) {
            number = random.nextInt(shelf.index().size());
        }
        return number;
    }

    private static int tail(Shelf shelf, SplittableRandom random) {
        int number = random.nextInt(shelf.index().size());
        for (int draw = 1; draw < TRIES && !shelf.tail(number); draw++) {
            number = random.nextInt(shelf.index().size());
        }
        return number;
    }

    private static long seed(String requestId) {
        CRC32 crc = new CRC32();
        crc.update(requestId.getBytes(StandardCharsets.UTF_8));
        return (crc.getValue() * SALT) ^ requestId.hashCode();
    }
}
