package coldstream.app.export.onnx;

import static coldstream.app.export.onnx.Graph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** The operations graphs are made of, on values by name. */
final class Operations {

    private final Graph graph;

    Operations(Graph graph) {
        this.graph = graph;
    }

    String add(String a, String b) {
        return graph.node("Add", List.of(a, b));
    }

    String subtract(String a, String b) {
        return graph.node("Sub", List.of(a, b));
    }

    String multiply(String a, String b) {
        return graph.node("Mul", List.of(a, b));
    }

    String divide(String a, String b) {
        return graph.node("Div", List.of(a, b));
    }

    String matrixProduct(String a, String b) {
        return graph.node("MatMul", List.of(a, b));
    }

    /** An operation of one operand, such as Relu, Tanh, Sqrt or Abs. */
    String apply(String operator, String x) {
        return graph.node(operator, List.of(x));
    }

    String softmax(String x, int axis) {
        return graph.node("Softmax", List.of(x), attribute("axis", axis));
    }

    String join(int axis, String... parts) {
        return graph.node("Concat", List.of(parts), attribute("axis", axis));
    }

    /** Rows of a table by number. */
    String rows(String table, String numbers) {
        return graph.node("Gather", List.of(table, numbers), attribute("axis", 0L));
    }

    String reshape(String x, long... shape) {
        return graph.node("Reshape", List.of(x, graph.numbers(shape)));
    }

    String transpose(String x, long... order) {
        return graph.node("Transpose", List.of(x), attribute("perm", order));
    }

    String expand(String x, long axis) {
        return graph.node("Unsqueeze", List.of(x, graph.numbers(axis)));
    }

    String squeeze(String x, long axis) {
        return graph.node("Squeeze", List.of(x, graph.numbers(axis)));
    }

    /** Places {@code from} to {@code to}, exclusive, along an axis; negative ones count from the end. */
    String slice(String x, long axis, long from, long to) {
        return slice(x, axis, graph.numbers(from), graph.numbers(to));
    }

    /** As above, with places that are values. */
    String slice(String x, long axis, String from, String to) {
        return graph.node("Slice", List.of(x, from, to, graph.numbers(axis)));
    }

    /** The axis stays, with length 1. */
    String sum(String x, long axis) {
        return graph.node("ReduceSum", List.of(x, graph.numbers(axis)), attribute("keepdims", 1L));
    }

    /** The axis goes. */
    String sumAway(String x, long axis) {
        return graph.node("ReduceSum", List.of(x, graph.numbers(axis)), attribute("keepdims", 0L));
    }

    /** The axis stays, with length 1. */
    String largest(String x, long axis) {
        return graph.node("ReduceMax", List.of(x), attribute("axes", new long[] {axis}), attribute("keepdims", 1L));
    }

    String equal(String a, String b) {
        return graph.node("Equal", List.of(a, b));
    }

    String floats(String x) {
        return graph.node("Cast", List.of(x), attribute("to", DataType.FLOAT.getNumber()));
    }

    /** How many of the ascending marks a whole number, shape (1), has reached: shape (1). */
    String marksReached(String number, long... marks) {
        String reached = graph.node("GreaterOrEqual", List.of(number, graph.numbers(marks)));
        String ones = graph.node("Cast", List.of(reached), attribute("to", DataType.INT64.getNumber()));
        return sum(ones, 0);
    }

    /** 1 where x is 0, else 0. */
    String isZero(String x) {
        return floats(equal(x, graph.number(0)));
    }
}
