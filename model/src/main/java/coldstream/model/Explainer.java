package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserState;
import coldstream.model.Explanation.Part;
import coldstream.model.Explanation.Taken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Leaves one thing out after the other and asks again. */
final class Explainer {

    private final Ranker ranker;
    private final Features features;
    private final Pooling pooling;
    private final Network network;
    private final Network.Kept dense;

    Explainer(Ranker ranker, Features features, Pooling pooling, Network network, Network.Kept dense) {
        this.ranker = ranker;
        this.features = features;
        this.pooling = pooling;
        this.network = network;
        this.dense = dense;
    }

    Explanation explain(RankedUser ranked, UserContext user, ItemId item) {
        CatalogueEntry entry = features.catalogue().entryOf(item);
        float score = score(user, item);
        return new Explanation(
                entry.number() >= 0,
                score,
                ranked.signalled(entry),
                parts(withoutEach(ranked, entry)),
                taken(user, item, score));
    }

    private float score(UserContext user, ItemId item) {
        return ranker.score(user, List.of(item))[0];
    }

    private List<Taken> taken(UserContext user, ItemId item, float score) {
        List<ItemId> history = user.known().history();
        int depth = Math.max(features.config().history(), Taste.ITEMS);
        List<Taken> taken = new ArrayList<>();
        for (int k = history.size() - 1; k >= Math.max(0, history.size() - depth); k--) {
            List<ItemId> others = new ArrayList<>(history);
            others.remove(k);
            UserState state =
                    new UserState(others, user.known().count(), user.known().negatives());
            var without = new UserContext(user.user(), Optional.of(state), user.scores(), user.profile());
            String title = features.catalogue().entryOf(history.get(k)).title();
            taken.add(new Taken(history.get(k), title, (double) score - score(without, item)));
        }
        return taken;
    }

    private static List<Part> parts(float[] logits) {
        List<Part> parts = new ArrayList<>();
        double all = logits[logits.length - 1];
        for (Field field : Field.values()) {
            int place = parts.size();
            if (place < logits.length - 1) {
                parts.add(new Part(field, all - logits[place]));
            }
        }
        return parts;
    }

    /** The network's logits with one field after the other left out, then with all. */
    private float[] withoutEach(RankedUser user, CatalogueEntry entry) {
        int fields = features.fields();
        int d = features.config().dimension();
        int recent = features.recentBucket(entry);
        Pooled rows = new Pooled(fields + 1, fields, d, user.side.histories.ofRows(fields + 1));
        for (int without = 0; without <= fields; without++) {
            int at = without * fields;
            int item = at + Field.USER_FIELDS;
            System.arraycopy(user.side.features, 0, rows.features, at * d, Field.USER_FIELDS * d);
            System.arraycopy(user.side.linear, 0, rows.linear, at, Field.USER_FIELDS);
            pooling.item(entry, entry.count(), recent, rows.features, item * d, rows.linear, item);
            pooling.signal(user.signal.of(entry), rows.features, rows.linear, at);
            if (without < fields) {
                Arrays.fill(rows.features, (at + without) * d, (at + without + 1) * d, 0);
                rows.linear[at + without] = 0;
            }
        }
        return network.logits(dense.tensors, rows);
    }
}
