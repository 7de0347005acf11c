package coldstream.app.evaluate.offline;

import coldstream.model.Draws;

/**
 * An interaction kept from training, and one item the user had not taken by then.
 *
 * @param user number of the user
 * @param place of the interaction among the user's, from 0
 * @param item what was taken
 * @param other drawn uniformly from the catalogue without what the user took up to and with this interaction; it may be
 *     something the user takes later, for to leave that out would tell the future
 */
record HeldOut(int user, int place, int item, int other) {

    /** @param purpose names the draw, so that validation and test have independent ones */
    static HeldOut of(LeaveOneOut split, int user, int place, long seed, String purpose) {
        Draws draws = Draws.of(seed, purpose, split.user(user).user().value());
        int other = draws.below(split.items().size());
        while (split.took(user, place + 1, other)) {
            other = draws.below(split.items().size());
        }
        return new HeldOut(user, place, split.user(user).item(place), other);
    }
}
