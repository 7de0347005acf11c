package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.util.List;
import java.util.Map;

/** The user's side of every score: fields, signal and how much is known. */
final class RankedUser {

    private final Features features;
    private final Pooling pooling;
    private final Trust trust;

    /** The trust in the signal with so much history as there is. */
    private final Trust.OfUser trusted;

    /** The user's fields, and the history item by item if the backbone looks at it. */
    final Pooled side;

    final UserSignal signal;

    RankedUser(Features features, Pooling pooling, Trust trust, UserContext user) {
        this.features = features;
        this.pooling = pooling;
        this.trust = trust;
        List<CatalogueEntry> history = user.known().history().stream()
                .map(features.catalogue()::entryOf)
                .toList();
        trusted = trust.ofUser(user.known().count());
        side = side(user.user(), history, user.known());
        boolean near = trust.near() || features.teacherField();
        boolean known = features.userIds.find(user.user().value()) >= 0; // the learner keeps no answers for strangers
        Map<ItemId, Float> stored =
                known ? StoredSignal.of(user, trust.scores(), features.text().encoder()) : Map.of();
        signal = new UserSignal(features.text().taste(history, near), near, described(user), stored);
    }

    /** What the profile says, if it may speak: a text that is too old, or of another encoder, says nothing. */
    private Taste described(UserContext user) {
        return user.profile()
                .filter(profile -> trust.profile()
                        .speaks(profile.historyVersion(), user.known().count()))
                .map(profile -> features.text().profile(profile.encoder(), profile.vector()))
                .orElseGet(() -> features.text().taste(List.of(), false));
    }

    private Pooled side(UserId user, List<CatalogueEntry> history, UserState state) {
        boolean sequence = features.sequence();
        int dimension = features.config().dimension();
        var histories = sequence
                ? new Pooled.Histories(1, features.config().history(), dimension, new int[1])
                : Pooled.Histories.NONE;
        Pooled fields = new Pooled(1, features.fields(), dimension, histories);
        int row = features.userIds.find(user.value());
        pooling.user(
                row, user.value(), history, state.count(), state.negatives(), fields.features, 0, fields.linear, 0);
        pooling.history(history, histories, 0);
        return fields;
    }

    /** What is served for a logit of the backbone. */
    float served(float logit, CatalogueEntry entry) {
        return served(logit, signal.of(entry), trust.kind(entry.count()));
    }

    /** As above, where the signal and the {@linkplain Trust#kind kind} of the item are known. */
    float served(float logit, Signal says, int kind) {
        return (float) (logit + trusted.add(says, kind));
    }

    /** What the signal has in it. */
    double signalled(CatalogueEntry entry) {
        return trusted.signalled(signal.of(entry), trust.kind(entry.count()));
    }
}
