package coldstream.app.export.onnx;

/** {@code xdeepfm}: three layers of 32 maps, of which all but the last hand 16 on; factors stand before maps. */
final class XDeepFmGraph implements BackboneGraph {

    private static final int MAPS = 32;
    private static final int LAYERS = 3;

    @Override
    public String name() {
        return "xdeepfm";
    }

    @Override
    public String logits(Network in) {
        Operations operations = in.operations();
        int fields = in.fieldCount();
        String x0 = operations.transpose(in.fields().features(), 0, 2, 1);
        String maps = x0;
        int before = fields;
        String[] sums = new String[LAYERS];
        for (int layer = 1; layer <= LAYERS; layer++) {
            String products = operations.multiply(operations.expand(maps, 3), operations.expand(x0, 2));
            String flat = operations.reshape(products, -1, in.dimension(), (long) before * fields);
            String made = in.layers().dense(flat, "cin" + layer);
            if (layer < LAYERS) {
                maps = operations.slice(made, 2, 0, MAPS / 2);
                made = operations.slice(made, 2, MAPS / 2, MAPS);
                before = MAPS / 2;
            }
            sums[layer - 1] = operations.sumAway(made, 1);
        }
        String both = in.layers().logit(operations.join(1, sums), in.fields().flat());
        return operations.add(both, operations.sum(in.fields().linear(), 1));
    }
}
