package coldstream.app.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import coldstream.model.ServedItem;
import coldstream.model.ServedModel;
import coldstream.model.Signal;
import coldstream.model.Taste;
import coldstream.model.Tensor;
import coldstream.model.Trust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the item texts say of a user and N candidates, and what becomes of it: the residual's addition to the logit, and the
 * field of models that have one. Only for models with texts.
 */
final class Signals {

    private static final float SMALLEST = 1e-6f;

    private final Graph graph;
    private final Operations operations;
    private final ServedModel model;
    private final Request request;

    /** Cosine with the taste of the history, (N, 1). */
    private final String taste;

    /** Largest cosine with an item of the history, (N, 1); empty where nothing looks at it. */
    private final String nearest;

    /** Cosine with the user's profile, (N, 1); empty where nothing looks at it. */
    private final String profile;

    private Signals(Graph graph, Operations operations, ServedModel model, Request request) {
        this.graph = graph;
        this.operations = operations;
        this.model = model;
        this.request = request;
        graph.table("items.text", model.texts(), 2);
        String latest = operations.rows("items.text", request.latest(operations, Taste.ITEMS));
        String texts = operations.rows("items.text", request.candidates());
        taste = operations.matrixProduct(texts, operations.transpose(direction(latest), 1, 0));
        nearest = looksAtNearest(model) ? nearest(latest, texts) : "";
        profile = looksAtProfile(model) ? profile(texts) : "";
    }

    /** Nothing where the model has no texts, or nobody looks at them. */
    static Optional<Signals> of(Graph graph, Operations operations, ServedModel model, Request request) {
        boolean wanted = model.shape().teacherField() || !model.trust().cells().isEmpty() || looksAtProfile(model);
        return wanted && model.texts().shape().get(1) > 0
                ? Optional.of(new Signals(graph, operations, model, request))
                : Optional.empty();
    }

    private static boolean looksAtNearest(ServedModel model) {
        return model.shape().teacherField() || model.trust().cells().size() > Signal.LINE;
    }

    private static boolean looksAtProfile(ServedModel model) {
        return !model.trust().profile().cells().isEmpty();
    }

    /** The profile's direction less the mean of texts, scaled to length 1, with every candidate's text: (N, 1). */
    private String profile(String texts) {
        int width = model.texts().shape().get(1);
        String given = graph.input(Request.PROFILE, DataType.FLOAT, width);
        String any = graph.node("Greater", List.of(operations.sum(operations.apply("Abs", given), 0), graph.number(0)));
        graph.table("items.text_mean", model.textMean());
        String off = operations.multiply(operations.subtract(given, "items.text_mean"), operations.floats(any));
        String one = scaled(operations.expand(off, 0));
        return operations.matrixProduct(texts, operations.transpose(one, 1, 0));
    }

    /** Σ fade^age x of the latest texts, scaled to length 1: (1, E). */
    private String direction(String latest) {
        float[] weights = new float[Taste.ITEMS];
        for (int place = 0; place < weights.length; place++) {
            weights[place] = (float) Math.pow(Taste.FADE, weights.length - 1.0 - place);
        }
        return scaled(
                operations.matrixProduct(graph.floats("taste.weights", List.of(1, Taste.ITEMS), weights), latest));
    }

    /** A row at length 1: (1, E). */
    private String scaled(String sum) {
        String norm = operations.apply("Sqrt", operations.sum(operations.multiply(sum, sum), 1));
        String large = graph.node("Greater", List.of(norm, graph.number(SMALLEST)));
        return operations.divide(sum, graph.node("Where", List.of(large, norm, graph.number(1))));
    }

    /** (N, 1), 0 where the candidate or the whole history has no text. */
    private String nearest(String latest, String texts) {
        Tensor all = model.texts();
        int width = all.shape().get(1);
        float[] known = new float[all.rows() + 2];
        for (int row = 0; row < all.rows(); row++) {
            for (int k = 0; k < width; k++) {
                known[row] = all.values()[row * width + k] != 0 ? 1 : known[row];
            }
        }
        graph.floats("items.text_known", List.of(known.length, 1), known);
        String there = operations.transpose(
                operations.rows("items.text_known", request.latest(operations, Taste.ITEMS)), 1, 0);
        String cosines = operations.matrixProduct(texts, operations.transpose(latest, 1, 0));
        String orLowest = operations.add(cosines, operations.subtract(there, graph.number(1)));
        String any = operations.largest(there, 1);
        String both = operations.multiply(any, operations.rows("items.text_known", request.candidates()));
        return operations.multiply(operations.largest(orLowest, 1), both);
    }

    /** Σ_k a_k t_k with a by length of history and kind of item, (N, 1); nothing for a model without trust. */
    Optional<String> residual() {
        Trust trust = model.trust();
        List<List<Double>> weights = new ArrayList<>(trust.cells());
        if (looksAtProfile(model)) {
            weights.add(trust.profile().cells());
        }
        int parts = weights.size();
        if (parts == 0) {
            return Optional.empty();
        }
        float[] cells = new float[Trust.HISTORIES * Trust.KINDS * parts];
        for (int part = 0; part < parts; part++) {
            for (int cell = 0; cell < Trust.HISTORIES * Trust.KINDS; cell++) {
                cells[cell * parts + part] = weights.get(part).get(cell).floatValue();
            }
        }
        graph.floats("trust", List.of(Trust.HISTORIES, Trust.KINDS, parts), cells);
        long[] kinds = new long[model.items().size() + 2];
        Arrays.fill(kinds, Trust.kind(0, trust.tailThreshold()));
        for (int k = 0; k < model.items().size(); k++) {
            ServedItem item = model.items().get(k);
            kinds[k] = Trust.kind(item.item().count(), trust.tailThreshold());
        }
        graph.longs("items.kind", List.of(kinds.length), kinds);
        String ofUser = operations.squeeze(
                operations.rows("trust", operations.marksReached(request.count(), historyMarks())), 0);
        String ofItem = operations.rows(ofUser, operations.rows("items.kind", request.candidates()));
        return Optional.of(
                operations.sum(operations.multiply(ofItem, parts(trust.cells().size())), 1));
    }

    /** Where each length of history but the first begins. */
    private static long[] historyMarks() {
        long[] marks = new long[Trust.HISTORIES - 1];
        long count = 0;
        for (int history = 1; history < Trust.HISTORIES; history++) {
            while (Trust.history(count) < history) {
                count++;
            }
            marks[history - 1] = count;
        }
        return marks;
    }

    /** The parts of the signal, the profile's last, (N, parts). */
    private String parts(int ofHistory) {
        if (profile.isEmpty()) {
            return historyParts(ofHistory);
        }
        return ofHistory == 0 ? profile : operations.join(1, historyParts(ofHistory), profile);
    }

    private String historyParts(int count) {
        List<String> parts = new ArrayList<>(List.of(taste));
        if (count > Signal.LINE) {
            parts.add(beyond("taste.marks", taste, Signal.tasteMarks()));
            parts.add(beyond("nearest.marks", nearest, Signal.nearestMarks()));
        }
        String all = parts.size() == 1 ? taste : operations.join(1, parts.toArray(String[]::new));
        return count == 1 || count == Signal.PARTS ? all : operations.slice(all, 1, 0, count);
    }

    /** How far a number is beyond some marks, (N, marks). */
    private String beyond(String name, String number, float[] marks) {
        String at = graph.floats(name, List.of(1, marks.length), marks);
        return operations.apply("Relu", operations.subtract(number, at));
    }

    /** The field, (N, w): on a line between two rows for either number; zeros where nothing is known. */
    String field() {
        graph.table("teacher.rows", model.teacher());
        float[] knots = new float[Signal.KNOTS];
        for (int k = 0; k < knots.length; k++) {
            knots[k] = k;
        }
        graph.floats("teacher.knots", List.of(1, knots.length), knots);
        String hats = operations.join(1, hats(taste), hats(nearest));
        String unknown = operations.multiply(operations.isZero(taste), operations.isZero(nearest));
        String known = operations.subtract(graph.number(1), unknown);
        return operations.multiply(operations.matrixProduct(hats, "teacher.rows"), known);
    }

    /** How near a number is to each knot: 1 on it, 0 on the next, (N, K). */
    private String hats(String number) {
        String steps =
                operations.divide(operations.subtract(number, graph.number(Signal.LOWEST)), graph.number(Signal.STEP));
        String place = graph.node(
                "Min", List.of(graph.node("Max", List.of(steps, graph.number(0))), graph.number(Signal.KNOTS - 1f)));
        String away = operations.apply("Abs", operations.subtract(place, "teacher.knots"));
        return operations.apply("Relu", operations.subtract(graph.number(1), away));
    }
}
