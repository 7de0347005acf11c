package coldstream.model;

import coldstream.domain.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every item seen, by order of first sight. */
public final class Catalogue {

    /** Whose an entry is that only part of was told of. */
    private static final ItemId NOBODY = new ItemId("(unknown)");

    private final Index index;
    private final ArrayList<CatalogueEntry> entries;

    /** Entries that changed, and entries with another vector; null where nobody asks. */
    private @Nullable Touched changed;

    private @Nullable Touched changedVectors;

    Catalogue() {
        index = new Index();
        entries = new ArrayList<>();
    }

    private Catalogue(Catalogue other) {
        index = other.index.fork();
        entries = new ArrayList<>(other.entries);
    }

    /** The entry of an item, made now if there is none. */
    public CatalogueEntry add(ItemId item) {
        int number = index.add(item.value());
        if (number == entries.size()) {
            entries.add(new CatalogueEntry(number, item));
            changed(number);
        }
        return entries.get(number);
    }

    public Optional<CatalogueEntry> find(ItemId item) {
        int number = index.find(item.value());
        return number < 0 ? Optional.empty() : Optional.of(entries.get(number));
    }

    /** The entry of an item; for one that is not in the catalogue an empty one with the number −1. */
    CatalogueEntry entryOf(ItemId item) {
        return find(item).orElseGet(() -> new CatalogueEntry(-1, item));
    }

    public CatalogueEntry get(int number) {
        return entries.get(number);
    }

    public int size() {
        return entries.size();
    }

    List<CatalogueEntry> entries() {
        return entries;
    }

    /** A catalogue whose entries are shared: whoever changes one {@linkplain #own replaces} it first. */
    Catalogue fork() {
        return new Catalogue(this);
    }

    /** Replaces a shared entry by a copy that may change; an entry nobody told of yet is nobody's. */
    CatalogueEntry own(int number) {
        while (number >= entries.size()) {
            entries.add(new CatalogueEntry(entries.size(), NOBODY));
        }
        CatalogueEntry own = entries.get(number).copy();
        entries.set(number, own);
        return own;
    }

    /** As {@link #own}, for the entry of an item, which has this number from now on. */
    CatalogueEntry own(int number, ItemId item) {
        index.move(number, item.value());
        CatalogueEntry own = own(number);
        if (!own.item().equals(item)) {
            CatalogueEntry known = new CatalogueEntry(number, item);
            known.vector = own.vector;
            known.inverseNorm = own.inverseNorm;
            entries.set(number, known);
            return known;
        }
        return own;
    }

    /** From now on notes what changes. */
    void track() {
        changed = new Touched();
        changedVectors = new Touched();
    }

    /** Notes that an entry changed in something else than its vector. */
    void changed(int number) {
        if (changed != null) {
            changed.note(number);
        }
    }

    /** Notes that an entry has another vector. */
    void changedVector(int number) {
        if (changedVectors != null) {
            changedVectors.note(number);
        }
    }

    /** Entries that changed since last asked. */
    int[] takeChanged() {
        return changed == null ? new int[0] : changed.take();
    }

    /** Entries with another vector since last asked. */
    int[] takeChangedVectors() {
        return changedVectors == null ? new int[0] : changedVectors.take();
    }
}
