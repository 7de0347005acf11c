package coldstream.app.export.onnx;

/** {@code din}: each history item weighed by how it bears on the candidate. All candidates are of one user. */
final class DinGraph implements BackboneGraph {

    @Override
    public String name() {
        return "din";
    }

    @Override
    public String logits(Network in) {
        String all = in.operations().join(1, in.fields().flat(), interest(in));
        return in.layers().affine(in.layers().perceptron(all), "out");
    }

    /** Σ_t a_t k_t / √max(1, length), or a learnt vector for an empty history: (N, 2 d). */
    private static String interest(Network in) {
        Operations operations = in.operations();
        String length = in.fields().length();
        String one = in.graph().number(1);
        String root = operations.apply("Sqrt", in.graph().node("Max", java.util.List.of(length, one)));
        String shares = operations.divide(in.fields().mask(), root);
        String weights = operations.multiply(attention(in), shares);
        String warm = operations.matrixProduct(weights, in.fields().keys());
        String cold = operations.multiply(operations.isZero(length), in.layers().parameter("cold"));
        return operations.add(warm, cold);
    }

    /** a before masking, (N, T). */
    private static String attention(Network in) {
        Operations operations = in.operations();
        Layers layers = in.layers();
        String query = in.fields().query();
        String keys = in.fields().keys();
        String byQuery = operations.add(
                operations.add(
                        layers.project(query, "attention1.query"), layers.project(query, "attention1.difference")),
                layers.parameter("attention1.bias"));
        String byKey = operations.subtract(
                layers.project(keys, "attention1.key"), layers.project(keys, "attention1.difference"));
        String both = operations.multiply(operations.expand(keys, 0), operations.expand(query, 1));
        String byBoth = layers.project(both, "attention1.product");
        String first =
                operations.apply("Relu", operations.add(operations.add(byBoth, byKey), operations.expand(byQuery, 1)));
        String weights = layers.affine(layers.dense(first, "attention2"), "attention3");
        return operations.squeeze(weights, 2);
    }
}
