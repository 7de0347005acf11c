package coldstream.model;

/** What makes two items alike. */
public enum Likeness {
    /** Cosine of their texts' vectors, centred. */
    TEXT,
    /** Cosine of their learnt rows. */
    ROWS
}
