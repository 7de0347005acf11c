package coldstream.app.export.onnx;

/** {@code dcnv2-mix}: two cross layers of 4 experts of rank 16, whose gates are shared. */
final class DcnMixGraph implements BackboneGraph {

    private static final int EXPERTS = 4;
    private static final int RANK = 16;

    @Override
    public String name() {
        return "dcnv2-mix";
    }

    @Override
    public String logits(Network in) {
        String x0 = in.fields().flat();
        String x = x0;
        for (String layer : new String[] {"cross1", "cross2"}) {
            x = cross(in, x0, x, layer);
        }
        return in.layers().logit(x, x0);
    }

    private static String cross(Network in, String x0, String x, String name) {
        Operations operations = in.operations();
        String inner = operations.apply("Tanh", in.layers().project(x, name + ".v"));
        String byExpert = operations.transpose(operations.reshape(inner, -1, EXPERTS, RANK), 1, 0, 2);
        String turned = operations.apply(
                "Tanh", operations.matrixProduct(byExpert, in.layers().parameter(name + ".c")));
        String gates = operations.softmax(in.layers().project(x, "gate"), 1);
        String weighted = operations.multiply(operations.transpose(turned, 1, 0, 2), operations.expand(gates, 2));
        String flat = operations.reshape(weighted, -1, EXPERTS * RANK);
        return operations.add(operations.multiply(x0, in.layers().affine(flat, name + ".u")), x);
    }
}
