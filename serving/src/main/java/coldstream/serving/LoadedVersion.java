package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A version that can answer. It counts who uses it, and closes its model when it has been retired and the last request on
 * it has ended.
 */
public final class LoadedVersion {

    private static final UserContext NOBODY = UserContext.unknown(new UserId("nobody"));

    private final String version;
    private final String snapshotId;
    private final SnapshotManifest manifest;
    private final Reached reached;
    private final RankingModel model;
    private final Shelf shelf;

    /** One for being current, one for every request; 0 means closed. */
    private final AtomicInteger uses = new AtomicInteger(1);

    /** A version as its snapshot has it. */
    LoadedVersion(String version, String snapshotId, SnapshotManifest manifest, RankingModel model) {
        this(version, snapshotId, manifest, Reached.of(manifest), model);
    }

    /**
     * @param manifest of the snapshot
     * @param reached how far the model has learnt, the snapshot included
     * @throws IllegalArgumentException if the model's answers are not numbers
     */
    LoadedVersion(String version, String snapshotId, SnapshotManifest manifest, Reached reached, RankingModel model) {
        this.version = version;
        this.snapshotId = snapshotId;
        this.manifest = manifest;
        this.reached = reached;
        this.model = model;
        this.shelf = new Shelf(model.catalogue());
        List<ItemId> some =
                shelf.items().stream().limit(64).map(CatalogueItem::item).toList();
        for (float score : model.score(NOBODY, some)) {
            if (!Float.isFinite(score)) {
                throw new IllegalArgumentException("a model's scores must be finite, got " + score);
            }
        }
    }

    /** Whether the caller may use it now; if so, {@link #release} must follow. */
    boolean acquire() {
        int now = uses.get();
        while (now > 0) {
            if (uses.compareAndSet(now, now + 1)) {
                return true;
            }
            now = uses.get();
        }
        return false;
    }

    void release() {
        if (uses.decrementAndGet() == 0) {
            model.close();
        }
    }

    public String version() {
        return version;
    }

    public String snapshotId() {
        return snapshotId;
    }

    /** Of the snapshot. */
    public SnapshotManifest manifest() {
        return manifest;
    }

    /** How far it has learnt: beyond its snapshot, where changes since then came in. */
    public Reached reached() {
        return reached;
    }

    public RankingModel model() {
        return model;
    }

    /** Everything that can be recommended. */
    public Shelf shelf() {
        return shelf;
    }
}
