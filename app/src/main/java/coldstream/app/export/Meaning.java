package coldstream.app.export;

import coldstream.model.Field;
import coldstream.model.ServedModel;
import coldstream.model.Signal;
import coldstream.model.Taste;
import coldstream.model.Trust;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What {@code model.json} holds: what the numbers of {@code model.safetensors} mean.
 *
 * @param fields in the order the network sees them
 * @param history latest items that are pooled
 * @param linear whether the last number of a row is a linear weight
 * @param encoder whose texts these are
 * @param trust how far the signal is added to a logit
 * @param taste how the signal comes from texts
 */
record Meaning(
        int formatVersion,
        String snapshot,
        String model,
        String backbone,
        int dimension,
        List<String> fields,
        int history,
        boolean linear,
        String encoder,
        Trust trust,
        TasteRule taste) {

    private static final int FORMAT_VERSION = 1;

    /**
     * @param items latest history items looked at
     * @param fade how much lighter each earlier one is
     */
    record TasteRule(int items, double fade, List<Double> tasteMarks, List<Double> nearestMarks) {}

    static Meaning of(Exported exported) {
        ServedModel.Shape shape = exported.model().shape();
        List<String> fields = Arrays.stream(Field.values())
                .limit(shape.fields())
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Meaning(
                FORMAT_VERSION,
                exported.id(),
                exported.manifest().model(),
                shape.backbone(),
                shape.dimension(),
                fields,
                shape.history(),
                shape.linear(),
                shape.encoder(),
                exported.model().trust(),
                new TasteRule(Taste.ITEMS, Taste.FADE, marks(Signal.tasteMarks()), marks(Signal.nearestMarks())));
    }

    private static List<Double> marks(float[] marks) {
        return java.util.stream.IntStream.range(0, marks.length)
                .mapToObj(k -> Double.valueOf(Float.toString(marks[k])))
                .toList();
    }
}
