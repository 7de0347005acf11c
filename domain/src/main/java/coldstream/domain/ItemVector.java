package coldstream.domain;

/**
 * The vector of an item's text.
 *
 * @param encoder which language model made it; vectors of two encoders are not comparable
 * @param textHash of the text it was made from; the same text is not encoded twice
 */
public record ItemVector(ItemId item, String encoder, String textHash, TextVector vector) {}
