package coldstream.app.export.onnx;

/** {@code dcnv1}: x ← x0 (w · x) + b + x, three times. */
final class DcnV1Graph implements BackboneGraph {

    @Override
    public String name() {
        return "dcnv1";
    }

    @Override
    public String logits(Network in) {
        String x0 = in.fields().flat();
        String x = x0;
        for (String layer : new String[] {"cross1", "cross2", "cross3"}) {
            String along = in.operations().multiply(x0, in.layers().project(x, layer));
            String shifted = in.operations().add(along, in.layers().parameter(layer + ".bias"));
            x = in.operations().add(shifted, x);
        }
        return in.layers().logit(x, x0);
    }
}
