package coldstream.app.export.onnx;

/**
 * What a backbone sees of N candidates of one user, as values. Axes: F fields, d factors, T history places.
 *
 * @param features x0, shape (N, F, d)
 * @param flat x0 with its fields side by side, shape (N, F d)
 * @param linear the fields' linear weights, shape (N, F); empty where rows have none
 * @param query the candidates as history items are: row and mean category row, shape (N, 2 d)
 * @param keys the history's items one by one, shape (T, 2 d)
 * @param mask 1 where there is an item, shape (1, T)
 * @param length history items there are, shape (1, 1)
 */
record Fields(String features, String flat, String linear, String query, String keys, String mask, String length) {}
