package coldstream.app.export.onnx;

import java.util.List;
import java.util.stream.Collectors;

/** The backbones that can be written as a graph: all there are. */
final class BackboneGraphs {

    private static final List<BackboneGraph> ALL = List.of(
            new DcnV2Graph(),
            new DcnMixGraph(),
            new DcnV1Graph(),
            new DeepFmGraph(),
            new XDeepFmGraph(),
            new AutoIntGraph(),
            new DinGraph(),
            new MfGraph());

    private BackboneGraphs() {}

    static List<String> names() {
        return ALL.stream().map(BackboneGraph::name).toList();
    }

    static BackboneGraph of(String name) {
        return ALL.stream()
                .filter(backbone -> backbone.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a backbone that can be exported must be one of "
                        + names().stream().collect(Collectors.joining(", ")) + ", got " + name));
    }
}
