package coldstream.app.evaluate.worlds;

/**
 * How large a world is.
 *
 * @param epochs passes over its events
 */
record Size(int users, int items, int epochs) {

    static final Size FULL = new Size(1500, 800, 14);
}
