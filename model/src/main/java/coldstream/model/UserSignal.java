package coldstream.model;

/** What a language model says of one user and any item, as of one moment. */
public final class UserSignal {

    private final Taste taste;
    private final boolean near;

    /** @param near whether the history's nearest item is looked for */
    UserSignal(Taste taste, boolean near) {
        this.taste = taste;
        this.near = near;
    }

    /** Of an item. */
    public Signal of(CatalogueEntry item) {
        return near ? taste.signal(item) : new Signal(taste.cosine(item), 0);
    }
}
