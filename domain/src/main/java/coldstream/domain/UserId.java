package coldstream.domain;

/** Somebody who interacts with items, as the event producer names them. At most {@value Ids#MAX_LENGTH} characters, never blank. */
public record UserId(String value) implements Comparable<UserId> {

    public UserId {
        Ids.check("user_id", value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
