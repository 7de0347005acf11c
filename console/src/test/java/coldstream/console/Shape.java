package coldstream.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Which fields a JSON value has, wherever they are, and of which kind; keys that are data are all the same. */
final class Shape {

    /** Objects whose keys are data. */
    private static final Set<String> KEYED = Set.of(
            "strata",
            "windows",
            "cells",
            "residual",
            "gained",
            "series",
            "offsets",
            "from_offsets",
            "to_offsets",
            "details",
            "tags",
            "rules",
            "metrics",
            "window",
            "by_severity");

    private Shape() {}

    static Set<String> of(JsonNode value) {
        Set<String> shape = new TreeSet<>();
        add(value, "", "", shape);
        return shape;
    }

    private static void add(JsonNode value, String name, String path, Set<String> shape) {
        if (value.isObject()) {
            boolean keyed = KEYED.contains(name) && !value.has("from"); // an alarm's window has a beginning
            value.properties()
                    .forEach(field -> add(
                            field.getValue(),
                            keyed ? "" : field.getKey(),
                            path + "." + (keyed ? "*" : field.getKey()),
                            shape));
        } else if (value.isArray()) {
            value.forEach(each -> add(each, "", path + "[]", shape));
        } else {
            shape.add(path + ": " + value.getNodeType());
        }
    }
}
