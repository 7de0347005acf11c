package coldstream.service;

/** A value that is never printed. */
public final class Secret {

    static final String HIDDEN = "(hidden)";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
