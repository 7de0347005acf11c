package coldstream.app.export.onnx;

import static coldstream.domain.Check.check;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import coldstream.model.ServedModel;
import coldstream.model.Taste;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot as one ONNX file, opset {@value #OPSET} with {@code ai.onnx.ml} {@value #ML_OPSET}. It holds everything a score
 * depends on: ids, rows, texts, the dense network and the residual's trust.
 *
 * <ul>
 *   <li>in: {@code user} string (1); {@code user_count} int64 (1), the user's positives so far; {@code user_negatives} int64
 *       (1), the user's events labelled 0; {@code history} strings (any number), the latest last; {@code items} strings (N)
 *   <li>in, for models guided by profiles: {@code profile} float32 (E), the vector of the user's taste profile, or zeros
 *   <li>out: {@code scores} float32 (N), the served logits
 * </ul>
 */
public final class OnnxModel {

    /** Of the standard operations. */
    public static final int OPSET = 17;

    /** Of the operations that look ids up. */
    public static final int ML_OPSET = 3;

    /** The set of operations that look ids up. */
    static final String ML_DOMAIN = "ai.onnx.ml";

    private static final int IR_VERSION = 8;

    /** What protocol buffers, and with them a model in one file, cannot exceed; a rest is left for all but the numbers. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

    private OnnxModel() {}

    /**
     * Writes a file.
     *
     * @param notes about the model, by key
     * @throws IllegalArgumentException if the model has no graph, or one that one file cannot hold
     */
    public static void write(ServedModel model, Map<String, String> notes, Path file) {
        long bytes = bytes(model);
        check(
                bytes <= MOST_BYTES,
                "an ONNX file must have less than 2 GiB, this model has %d MiB; export it as safetensors",
                bytes >> 20);
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("coldstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(ML_DOMAIN).setVersion(ML_OPSET))
                .setGraph(graph(model).build());
        notes.forEach((key, value) -> proto.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            proto.build().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Graph graph(ServedModel model) {
        ServedModel.Shape shape = model.shape();
        BackboneGraph backbone = BackboneGraphs.of(shape.backbone());
        Graph graph = new Graph("scores");
        Operations operations = new Operations(graph);
        Layers layers = new Layers(graph, operations, model.dense());
        Request request = Request.of(graph, operations, model, Math.max(shape.history(), Taste.ITEMS));
        Optional<Signals> signals = Signals.of(graph, operations, model, request);
        Pooling pooling = new Pooling(graph, operations, model);
        Optional<String> field = shape.teacherField()
                ? Optional.of(signals.map(Signals::field).orElseGet(() -> pooling.noSignal(request)))
                : Optional.empty();
        Fields fields = pooling.fields(request, field);
        String logits = backbone.logits(
                new BackboneGraph.Network(graph, operations, layers, fields, shape.fields(), shape.dimension()));
        String added = operations.add(logits, graph.number((float) model.trust().offset()));
        String scores = signals.flatMap(Signals::residual)
                .map(residual -> operations.add(added, residual))
                .orElse(added);
        graph.output("scores", DataType.FLOAT, operations.squeeze(scores, 1), Request.ITEMS);
        return graph;
    }

    /** What the tables and ids take. */
    private static long bytes(ServedModel model) {
        long numbers = List.of(model.users(), model.itemRows(), model.categories(), model.texts()).stream()
                .mapToLong(table -> table.values().length)
                .sum();
        long ids =
                model.userIds().stream().mapToLong(id -> 3L * id.length() + 16).sum()
                        + model.items().stream()
                                .mapToLong(
                                        item -> 3L * item.item().item().value().length() + 96)
                                .sum();
        return numbers * Float.BYTES + ids;
    }
}
