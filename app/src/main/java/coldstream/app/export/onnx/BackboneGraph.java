package coldstream.app.export.onnx;

/** A backbone's network as a graph. */
interface BackboneGraph {

    /** The backbone's name. */
    String name();

    /** The logits, shape (N, 1). */
    String logits(Network in);

    /**
     * What a network is made with.
     *
     * @param fieldCount F
     * @param dimension d
     */
    record Network(Graph graph, Operations operations, Layers layers, Fields fields, int fieldCount, int dimension) {}
}
