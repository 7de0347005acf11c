package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import coldstream.model.Explanation;
import coldstream.model.Field;
import coldstream.model.Likeness;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that scores by a table in its snapshot, and notices when it is used after it was closed. */
final class FakeModel implements RankingModel {

    /** What its snapshot's one file holds. */
    record Table(Map<String, Float> scores, Map<String, Long> counts, Map<String, List<String>> taken) {}

    static final AtomicInteger OPEN = new AtomicInteger();
    static final AtomicInteger USED_AFTER_CLOSE = new AtomicInteger();

    private final Table table;
    private volatile boolean closed;

    private FakeModel(Table table) {
        this.table = table;
        OPEN.incrementAndGet();
    }

    static FakeModel of(Table table) {
        return new FakeModel(table);
    }

    static FakeModel load(Path snapshot) {
        try {
            return new FakeModel(Json.read(Files.readAllBytes(snapshot.resolve("table.json")), Table.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public float[] score(UserContext user, List<ItemId> items) {
        float[] scores = new float[items.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = table.scores().getOrDefault(items.get(i).value(), -9f)
                    + user.known().history().size();
        }
        if (closed) {
            USED_AFTER_CLOSE.incrementAndGet();
        }
        return scores;
    }

    @Override
    public float[] scoreAll(UserContext user) {
        return score(user, catalogue().stream().map(CatalogueItem::item).toList());
    }

    @Override
    public Explanation explain(UserContext user, ItemId item) {
        float score = score(user, List.of(item))[0];
        return new Explanation(
                table.counts().containsKey(item.value()),
                score,
                0.5,
                List.of(new Explanation.Part(Field.ITEM, 0.25)),
                user.known().history().stream()
                        .map(taken -> new Explanation.Taken(taken, "The " + taken.value(), 1))
                        .toList());
    }

    /** The nearer the scores the more alike; by text only what has a score. */
    @Override
    public Optional<float[]> likeness(ItemId item, Likeness by) {
        Float own = table.scores().get(item.value());
        if (own == null) {
            return by == Likeness.TEXT
                    ? Optional.empty()
                    : Optional.of(new float[table.counts().size()]);
        }
        float[] all = scoreAll(UserContext.unknown(new UserId("nobody")));
        for (int i = 0; i < all.length; i++) {
            all[i] = 1 / (1 + Math.abs(all[i] - own));
        }
        return Optional.of(all);
    }

    @Override
    public List<CatalogueItem> catalogue() {
        return table.counts().entrySet().stream()
                .map(entry -> new CatalogueItem(
                        new ItemId(entry.getKey()), "The " + entry.getKey(), List.of("kind"), entry.getValue()))
                .toList();
    }

    @Override
    public Set<ItemId> taken(UserId user) {
        return Set.copyOf(table.taken().getOrDefault(user.value(), List.of()).stream()
                .map(ItemId::new)
                .toList());
    }

    @Override
    public void close() {
        closed = true;
        OPEN.decrementAndGet();
    }
}
