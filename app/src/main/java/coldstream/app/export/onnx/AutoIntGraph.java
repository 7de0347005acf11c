package coldstream.app.export.onnx;

/** {@code autoint}: one layer of self-attention over the fields, two heads of 32; a field of zeros is a learnt row. */
final class AutoIntGraph implements BackboneGraph {

    private static final int HEADS = 2;
    private static final int HEAD = 32;
    private static final int SIZE = HEADS * HEAD;

    @Override
    public String name() {
        return "autoint";
    }

    @Override
    public String logits(Network in) {
        Operations operations = in.operations();
        String projected = in.layers().project(filled(in), "attention");
        String queries = heads(in, part(in, projected, 0), 0, 2, 1, 3);
        String keys = heads(in, part(in, projected, 1), 0, 2, 3, 1);
        String values = heads(in, part(in, projected, 2), 0, 2, 1, 3);
        String scores = operations.multiply(
                operations.matrixProduct(queries, keys), in.graph().number((float) (1 / Math.sqrt(HEAD))));
        String found = operations.matrixProduct(operations.softmax(scores, 3), values);
        String mixed = operations.reshape(operations.transpose(found, 0, 2, 1, 3), -1, in.fieldCount(), SIZE);
        String active = operations.apply("Relu", operations.add(mixed, part(in, projected, 3)));
        String flat = operations.reshape(active, -1, (long) in.fieldCount() * SIZE);
        return in.layers().logit(flat, in.fields().flat());
    }

    /** Fields of zeros replaced by {@code missing} (F, d). */
    private static String filled(Network in) {
        Operations operations = in.operations();
        String x0 = in.fields().features();
        String absent = operations.isZero(operations.sum(operations.apply("Abs", x0), 2));
        return operations.add(x0, operations.multiply(absent, in.layers().parameter("missing")));
    }

    /** Queries, keys, values and what is added, (N, F, 64) each. */
    private static String part(Network in, String projected, int number) {
        return in.operations().slice(projected, 2, (long) number * SIZE, (number + 1L) * SIZE);
    }

    private static String heads(Network in, String part, long... order) {
        String apart = in.operations().reshape(part, -1, in.fieldCount(), HEADS, HEAD);
        return in.operations().transpose(apart, order);
    }
}
