package coldstream.model.backbone;

import java.util.List;

/** The backbones there are. */
public final class Backbones {

    private static final List<Backbone> ALL = List.of(
            new DcnV2(), new DcnMix(), new DcnV1(), new DeepFm(), new XDeepFm(), new AutoInt(), new Din(), new Mf());

    private Backbones() {}

    /** Their names, the default first. */
    public static List<String> names() {
        return ALL.stream().map(Backbone::name).toList();
    }

    /** The backbone of this name. */
    public static Backbone of(String name) {
        return ALL.stream()
                .filter(backbone -> backbone.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "backbone must be one of " + String.join(", ", names()) + ", got " + name));
    }
}
