package coldstream.model.backbone;

import java.util.List;
import java.util.stream.Collectors;

/** The backbones there are. */
public final class Backbones {

    private static final List<Backbone> ALL = List.of(new DcnV2(), new DeepFm());

    private Backbones() {}

    /** The backbone of this name. */
    public static Backbone of(String name) {
        return ALL.stream()
                .filter(backbone -> backbone.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("backbone must be one of "
                        + ALL.stream().map(Backbone::name).collect(Collectors.joining(", ")) + ", got " + name));
    }
}
