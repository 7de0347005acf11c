package coldstream.scorer.candidates;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * What a question hides, to measure the language model by what really came next.
 *
 * <p>An audit hides the user's newest item; a request made to measure ({@link Reason#AUDIT}) always does. Of those a share is
 * cut besides: the model sees only the few items before the hidden one, as if the user were cold. So a warm user, of whom it
 * is known what came next, says what the model is worth where too little ever comes true.
 *
 * @param history what the model may see
 * @param hidden the item to put among the candidates
 * @param shown how many items a cut left
 */
record Probe(List<Item> history, Optional<ItemId> hidden, OptionalInt shown) {

    /** @param readable the request's history as far as it can be read, newest last */
    static Probe of(
            ScoreRequest request, List<Item> readable, ItemIndex index, CandidateRules rules, SplittableRandom random) {
        boolean measures = request.reason() == Reason.AUDIT;
        double draw = random.nextDouble();
        if ((!measures && draw >= rules.auditShare()) || !hides(request, readable, index)) {
            return new Probe(readable, Optional.empty(), OptionalInt.empty());
        }
        ItemId last = readable.get(readable.size() - 1).item();
        List<Item> before =
                readable.stream().filter(item -> !item.item().equals(last)).toList();
        if (!measures || before.size() <= CandidateRules.MOST_SHOWN || random.nextDouble() >= rules.cutShare()) {
            return new Probe(before, Optional.of(last), OptionalInt.empty());
        }
        int shown = rules.leastShown() + random.nextInt(CandidateRules.MOST_SHOWN + 1 - rules.leastShown());
        return new Probe(
                before.subList(before.size() - shown, before.size()), Optional.of(last), OptionalInt.of(shown));
    }

    /** Whether the newest readable item is the request's newest, and another kind of item stays. */
    private static boolean hides(ScoreRequest request, List<Item> readable, ItemIndex index) {
        ItemId last = readable.get(readable.size() - 1).item();
        List<ItemId> asked = request.history();
        return asked.get(asked.size() - 1).equals(last)
                && index.number(last) >= 0
                && readable.stream().anyMatch(item -> !item.item().equals(last));
    }
}
