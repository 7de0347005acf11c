package coldstream.model;

/**
 * What became of a table's rows since the model began: rows = admitted − evicted − expired, but for rows that always were.
 *
 * @param rows now
 * @param admitted rows given to ids
 * @param evicted rows taken from ids because the table was full
 * @param expired rows that nobody touched for too long
 * @param refused times an id got no row because all rows were in use in the same step
 */
public record RowCounts(long rows, long admitted, long evicted, long expired, long refused) {}
