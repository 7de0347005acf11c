package coldstream.app.export.onnx;

/** {@code mf}: b + b_u + b_i + p_u · q_i. */
final class MfGraph implements BackboneGraph {

    private static final int USER = 0;
    private static final int ITEM = 4;

    @Override
    public String name() {
        return "mf";
    }

    @Override
    public String logits(Network in) {
        Operations operations = in.operations();
        String product = operations.multiply(field(in, USER), field(in, ITEM));
        String biases = operations.add(linear(in, USER), linear(in, ITEM));
        String sum = operations.add(operations.sum(product, 1), biases);
        return operations.add(sum, in.layers().parameter("bias"));
    }

    /** A field's factors, (N, d). */
    private static String field(Network in, int field) {
        return in.operations().sumAway(in.operations().slice(in.fields().features(), 1, field, field + 1L), 1);
    }

    /** A field's linear weight, (N, 1). */
    private static String linear(Network in, int field) {
        return in.operations().slice(in.fields().linear(), 1, field, field + 1L);
    }
}
