package coldstream.model;

import coldstream.domain.UserId;

/**
 * Who may have a row: at first sight, or after being seen in as many samples as {@link RowRules} ask for, of which each counts
 * with a probability. A sample counts or does not by its id, so that a repeated stream admits the same.
 */
final class Admission {

    /** Ids without a row of which sights are kept: twice this many, 24 bytes each. */
    private static final int SIGHTS = 1 << 20;

    private final RowRules rules;
    private final long seed;

    /** Of users; items keep theirs in their entries. */
    final Sights users = new Sights(SIGHTS);

    Admission(ModelConfig config) {
        rules = config.rules();
        seed = config.seed();
    }

    /** Whether a row is given as soon as one is needed. */
    boolean atOnce() {
        return rules.atOnce();
    }

    /**
     * Notes that a user without a row was seen.
     *
     * @param sample id of the sample
     * @return whether that is enough for a row
     */
    boolean sight(UserId user, String sample) {
        return counts("users", user.value(), sample) && users.note(hash(user)) >= rules.admissionCount();
    }

    /** The same for an item. */
    void sight(CatalogueEntry item, String sample) {
        if (item.row < 0 && !atOnce() && counts("items", item.item().value(), sample)) {
            item.sights++;
        }
    }

    /** Whether an item was seen often enough for a row. */
    boolean admits(CatalogueEntry item) {
        return atOnce() || item.sights >= rules.admissionCount();
    }

    /** A user got a row: sights no longer count. */
    void admitted(UserId user) {
        users.forget(hash(user));
    }

    private long hash(UserId user) {
        return Draws.of(seed, "sight", user.value()).next();
    }

    private boolean counts(String table, String id, String sample) {
        double chance = rules.admissionProbability();
        return chance == 1 || Draws.of(seed, "admission", table, id, sample).uniform() < chance;
    }
}
