package coldstream.app.export.onnx;

/** {@code dcnv2}: x ← x0 ⊙ (x Wᵀ + b) + x, twice. */
final class DcnV2Graph implements BackboneGraph {

    @Override
    public String name() {
        return "dcnv2";
    }

    @Override
    public String logits(Network in) {
        String x0 = in.fields().flat();
        String x = x0;
        for (String layer : new String[] {"cross1", "cross2"}) {
            x = in.operations().add(in.operations().multiply(x0, in.layers().affine(x, layer)), x);
        }
        return in.layers().logit(x, x0);
    }
}
