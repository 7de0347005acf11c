package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    public float[] score(UserState state, UserId user, List<ItemId> items) {
        float[] scores = new float[items.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = table.scores().getOrDefault(items.get(i).value(), -9f)
                    + state.history().size();
        }
        if (closed) {
            USED_AFTER_CLOSE.incrementAndGet();
        }
        return scores;
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
