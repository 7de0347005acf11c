package coldstream.app.export.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import coldstream.model.Tensor;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX graph in the making. Every method that makes a value answers with its name. */
final class Graph {

    private final GraphProto.Builder graph;
    private final Map<String, String> numbers = new LinkedHashMap<>();
    private int made;

    Graph(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /** An input with one axis; a length of 0 is any length, called by the name. */
    String input(String name, TensorProto.DataType type, int length) {
        graph.addInput(value(name, type, length));
        return name;
    }

    /** Gives a value the name of an output with one axis of any length. */
    void output(String name, TensorProto.DataType type, String value, String length) {
        graph.addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
        var dimension = TensorShapeProto.Dimension.newBuilder().setDimParam(length);
        graph.addOutput(value(name, type, dimension));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, int length) {
        var dimension = TensorShapeProto.Dimension.newBuilder();
        return value(name, type, length == 0 ? dimension.setDimParam(name) : dimension.setDimValue(length));
    }

    private static ValueInfoProto value(
            String name, TensorProto.DataType type, TensorShapeProto.Dimension.Builder dimension) {
        var tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(TensorShapeProto.newBuilder().addDim(dimension));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** Numbers that are part of the model. */
    String table(String name, Tensor tensor) {
        return floats(name, tensor.shape(), tensor.values());
    }

    /** As {@link #table}, followed by rows of zeros. */
    String table(String name, Tensor tensor, int zeros) {
        List<Integer> shape = new ArrayList<>(tensor.shape());
        shape.set(0, tensor.rows() + zeros);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        return floats(name, shape, Arrays.copyOf(tensor.values(), size));
    }

    String floats(String name, List<Integer> shape, float... values) {
        ByteBuffer bytes = buffer(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return initializer(name, TensorProto.DataType.FLOAT, shape, bytes);
    }

    String longs(String name, List<Integer> shape, long... values) {
        ByteBuffer bytes = buffer(Math.multiplyExact(values.length, Long.BYTES));
        bytes.asLongBuffer().put(values);
        return initializer(name, TensorProto.DataType.INT64, shape, bytes);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String initializer(String name, TensorProto.DataType type, List<Integer> shape, ByteBuffer bytes) {
        ByteString raw = UnsafeByteOperations.unsafeWrap(bytes);
        var tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        shape.forEach(tensor::addDims);
        graph.addInitializer(tensor.setRawData(raw));
        return name;
    }

    /** A number, shape (1). */
    String number(float value) {
        return numbers.computeIfAbsent("number " + value, key -> floats("number" + numbers.size(), List.of(1), value));
    }

    /** Whole numbers in a row; the same ones are kept once. */
    String numbers(long... values) {
        return numbers.computeIfAbsent(
                Arrays.toString(values), key -> longs("numbers" + numbers.size(), List.of(values.length), values));
    }

    /** One operation of the standard set with one output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return node("", operator, inputs, attributes);
    }

    /** One operation of some set with one output. */
    String node(String domain, String operator, List<String> inputs, AttributeProto... attributes) {
        String output = operator.toLowerCase(java.util.Locale.ROOT) + "_" + made++;
        graph.addNode(NodeProto.newBuilder()
                .setName(output)
                .setDomain(domain)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, long... values) {
        var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static AttributeProto attribute(String name, List<String> values) {
        var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    GraphProto build() {
        return graph.build();
    }
}
