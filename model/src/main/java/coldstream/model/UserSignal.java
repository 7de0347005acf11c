package coldstream.model;

/** What a language model says of one user and any item, as of one moment. */
public final class UserSignal {

    private final Taste taste;
    private final boolean near;
    private final Taste described;

    /**
     * @param near whether the history's nearest item is looked for
     * @param described what the user's profile says
     */
    UserSignal(Taste taste, boolean near, Taste described) {
        this.taste = taste;
        this.near = near;
        this.described = described;
    }

    /** Of an item. */
    public Signal of(CatalogueEntry item) {
        return new Signal(taste.cosine(item), near ? taste.nearest(item) : 0, described.cosine(item));
    }
}
