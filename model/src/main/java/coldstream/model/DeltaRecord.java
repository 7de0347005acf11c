package coldstream.model;

import java.nio.charset.StandardCharsets;

/**
 * A part of a model as it is now: whoever puts all parts that changed into a model as it was has the model as it is. A part
 * says everything about what its key names, so that a newer one replaces an older one.
 *
 * <table>
 * <caption>Keys and what their content is</caption>
 * <tr><td>{@code users|row}, {@code categories|row}</td><td>whose the row is (nobody: empty), and its numbers</td></tr>
 * <tr><td>{@code items|row}, {@code user_counts|row}, {@code item_counts|row}, {@code recent_counts|row},
 *     {@code teacher|row}</td><td>the row's numbers</td></tr>
 * <tr><td>{@code catalogue|item}</td><td>what is known of an item, and its rows</td></tr>
 * <tr><td>{@code vectors|item}</td><td>the item's text vector</td></tr>
 * <tr><td>{@code text|space}</td><td>encoder, mean text and how rows start from texts</td></tr>
 * <tr><td>{@code dense|block|name}</td><td>{@value #BLOCK} numbers, or the rest, of a dense parameter</td></tr>
 * <tr><td>{@code state|model}</td><td>trust and number of positives, as JSON</td></tr>
 * </table>
 *
 * <p>Numbers are big-endian; texts are UTF-8 behind their length in bytes.
 */
public final class DeltaRecord {

    /** Numbers of a dense parameter in one part. */
    static final int BLOCK = 1 << 16;

    private final String table;
    private final String part;
    private final byte[] content;

    /** @param content is not copied */
    public DeltaRecord(String table, String part, byte[] content) {
        this.table = table;
        this.part = part;
        this.content = content;
    }

    /** A part whose key is as {@link #key} gave it. */
    public static DeltaRecord of(String key, byte[] content) {
        int bar = key.indexOf('|');
        if (bar < 1) {
            throw new IllegalArgumentException("a key must be table|part, got " + key);
        }
        return new DeltaRecord(key.substring(0, bar), key.substring(bar + 1), content);
    }

    public String table() {
        return table;
    }

    /** Which part of the table. */
    public String part() {
        return part;
    }

    public String key() {
        return table + "|" + part;
    }

    public byte[] content() {
        return content;
    }

    /** Bytes of key and content. */
    public int size() {
        return key().getBytes(StandardCharsets.UTF_8).length + content.length;
    }
}
