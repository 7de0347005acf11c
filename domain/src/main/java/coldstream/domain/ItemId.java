package coldstream.domain;

/** Something that can be recommended, as the event producer names it. At most {@value Ids#MAX_LENGTH} characters, never blank. */
public record ItemId(String value) implements Comparable<ItemId> {

    public ItemId {
        Ids.check("item_id", value);
    }

    @Override
    public int compareTo(ItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
