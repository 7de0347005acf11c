package coldstream.app.export.onnx;

/** {@code deepfm}: Σ linear + ½ Σ_k ((Σ_f x_fk)² − Σ_f x_fk²) + perceptron. */
final class DeepFmGraph implements BackboneGraph {

    @Override
    public String name() {
        return "deepfm";
    }

    @Override
    public String logits(Network in) {
        Operations operations = in.operations();
        String x0 = in.fields().features();
        String sum = operations.sumAway(x0, 1);
        String together = operations.multiply(sum, sum);
        String apart = operations.sumAway(operations.multiply(x0, x0), 1);
        String pairs = operations.multiply(
                operations.sum(operations.subtract(together, apart), 1),
                in.graph().number(0.5f));
        String deep = in.layers().affine(in.layers().perceptron(in.fields().flat()), "out");
        return operations.add(operations.add(pairs, operations.sum(in.fields().linear(), 1)), deep);
    }
}
