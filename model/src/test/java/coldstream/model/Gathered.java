package coldstream.model;

/** Gradients of one table's rows, given as numbers. */
final class Gathered {

    private final RowTable table;
    private final FieldGradients fields;
    private final RowGradients rows;

    Gathered(RowTable table) {
        this.table = table;
        fields = new FieldGradients(table.dimension());
        rows = new RowGradients(fields);
    }

    /** Adds {@code share} times a gradient of d factors and of the linear weight. */
    void add(int row, float share, float[] gradient, float linear) {
        int field = fields.more(1);
        System.arraycopy(gradient, 0, fields.factors, field * table.dimension(), table.dimension());
        fields.linear[field] = linear;
        rows.add(row, share, field);
    }

    /** Adds up, moves the rows and forgets. */
    void apply(RowOptimizer optimizer, float scale, long step) {
        rows.place(fields.more(rows.group()));
        rows.sum(0, rows.size());
        table.toBeWritten(rows, optimizer.restless());
        optimizer.apply(table, rows, 0, rows.size(), scale, step);
        rows.clear();
        fields.clear();
    }
}
