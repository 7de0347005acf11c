package coldstream.app.export.onnx;

import static coldstream.app.export.onnx.Graph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import coldstream.model.ServedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The graph's inputs, with ids turned into numbers of rows. Items nobody knows are row I, places of the history that are
 * empty are row I + 1: both rows are zeros, but the first counts as an item and the second as nothing.
 *
 * @param user row of the user, shape (1); U for one without a row
 * @param count positives of the user, shape (1)
 * @param negatives events of the user labelled 0, shape (1)
 * @param latest items of the history, the latest last, filled up in front: shape (P)
 * @param places P
 * @param candidates items to be scored, shape (N)
 */
record Request(String user, String count, String negatives, String latest, int places, String candidates) {

    static final String USER = "user";
    static final String COUNT = "user_count";
    static final String NEGATIVES = "user_negatives";
    static final String HISTORY = "history";
    static final String ITEMS = "items";

    /** Of models guided by profiles alone. */
    static final String PROFILE = "profile";

    /** Declares the inputs and looks their ids up. */
    static Request of(Graph graph, Operations operations, ServedModel model, int places) {
        String user = graph.input(USER, DataType.STRING, 1);
        String count = graph.input(COUNT, DataType.INT64, 1);
        String negatives = graph.input(NEGATIVES, DataType.INT64, 1);
        String history = graph.input(HISTORY, DataType.STRING, 0);
        String items = graph.input(ITEMS, DataType.STRING, 0);
        List<String> itemIds =
                model.items().stream().map(item -> item.item().item().value()).toList();

        String both = lookUp(graph, operations.join(0, history, items), itemIds); // the ids are kept once
        String length = graph.node("Shape", List.of(history));
        String taken = operations.slice(both, 0, graph.numbers(0), length);
        String candidates = operations.slice(both, 0, length, graph.numbers(Long.MAX_VALUE));
        long[] nothing = new long[places];
        Arrays.fill(nothing, itemIds.size() + 1L);
        String filled = operations.join(0, graph.numbers(nothing), taken);
        String latest = operations.slice(filled, 0, -places, Long.MAX_VALUE);
        return new Request(lookUp(graph, user, model.userIds()), count, negatives, latest, places, candidates);
    }

    /** Numbers of ids; one more than the largest for those that are not there. Empty ids are nobody's. */
    private static String lookUp(Graph graph, String texts, List<String> ids) {
        List<String> keys = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        for (int row = 0; row < ids.size(); row++) {
            if (!ids.get(row).isEmpty()) {
                keys.add(ids.get(row));
                rows.add((long) row);
            }
        }
        if (keys.isEmpty()) { // the operation wants a key
            keys.add("");
            rows.add((long) ids.size());
        }
        long[] values = rows.stream().mapToLong(Long::longValue).toArray();
        return graph.node(
                OnnxModel.ML_DOMAIN,
                "LabelEncoder",
                List.of(texts),
                attribute("keys_strings", keys),
                attribute("values_int64s", values),
                attribute("default_int64", ids.size()));
    }

    /** The latest {@code places} of the history. */
    String latest(Operations operations, int some) {
        return some == places ? latest : operations.slice(latest, 0, -some, Long.MAX_VALUE);
    }
}
