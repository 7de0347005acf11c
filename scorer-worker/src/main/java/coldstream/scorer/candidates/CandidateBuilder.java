package coldstream.scorer.candidates;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.scorer.candidates.CandidateRules.Diversity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Chooses what a language model is asked: a function of the request, the shelf, the texts' closeness and the rules.
 *
 * <p>All chance is seeded by the request's id, so a redelivered request asks the same question. Candidates are shuffled:
 * a model that favours the first of a list favours no kind of item.
 */
public final class CandidateBuilder {

    private static final long SALT = 0x9E3779B97F4A7C15L;

    private final CandidateRules rules;
    private final Closeness closeness;

    /** @param closeness for diversity by vector; may know more from call to call */
    public CandidateBuilder(CandidateRules rules, Closeness closeness) {
        this.rules = rules;
        this.closeness = closeness;
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
        SplittableRandom random = new SplittableRandom(seed(request.requestId()));
        Probe probe = Probe.of(request, readable, index, rules, random);
        Drawing drawing = new Drawing(shelf, random);
        Picks picks = new Picks(request.history(), index, rules.count());
        probe.hidden().map(index::number).ifPresent(hidden -> {
            picks.force(hidden);
            picks.draw(CandidateRules.LIKE_HIDDEN, Drawing.TRIES, () -> drawing.like(hidden));
        });
        fill(picks, request.hints(), index, drawing);
        if (picks.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Question(probe.history(), picks.shuffled(random), probe.hidden(), probe.shown()));
    }

    private void fill(Picks picks, List<ItemId> hints, ItemIndex index, Drawing drawing) {
        for (ItemId hint : hints) {
            picks.offer(index.number(hint));
        }
        int count = rules.count();
        Shares shares = rules.shares();
        picks.draw(shares.popularPlaces(count), Drawing.TRIES, () -> drawing.popular(rules.popularPool()));
        if (rules.diversity() == Diversity.VECTOR) {
            picks.draw(shares.diversePlaces(count), 1, () -> drawing.unlike(picks, closeness));
        } else {
            picks.draw(shares.diversePlaces(count), Drawing.TRIES, drawing::ofSomeCategory);
        }
        for (int pair = 0; pair < shares.matchedPlaces(count) / 2 && picks.room() >= 2; pair++) {
            drawing.pair(picks).forEach(picks::offer);
        }
        picks.draw(Math.min(shares.tailPlaces(count), picks.room()), Drawing.TRIES, drawing::tail);
        picks.draw(picks.room(), Drawing.TRIES, drawing::any);
    }

    private static long seed(String requestId) {
        CRC32 crc = new CRC32();
        crc.update(requestId.getBytes(StandardCharsets.UTF_8));
        return (crc.getValue() * SALT) ^ requestId.hashCode();
    }
}
