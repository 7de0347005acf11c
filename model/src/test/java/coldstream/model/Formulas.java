package coldstream.model;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Every backbone written a second time, one row at a time, in doubles and loops, sharing nothing with the first. */
final class Formulas {

    private static final int D = Point.FACTORS;

    private final Point at;
    private final int row;
    private final double[] x0;

    private Formulas(Point at, int row) {
        this.at = at;
        this.row = row;
        x0 = at.row(row);
    }

    static double logit(String name, Point at, int row) {
        Formulas of = new Formulas(at, row);
        return switch (name) {
            case "dcnv2" -> of.crossed(of.matrixCross("cross2", of.matrixCross("cross1", of.x0)));
            case "dcnv2-mix" -> of.crossed(of.mixture("cross2", of.mixture("cross1", of.x0)));
            case "dcnv1" ->
                of.crossed(of.vectorCross("cross3", of.vectorCross("cross2", of.vectorCross("cross1", of.x0))));
            case "deepfm" -> of.linear() + of.pairs() + of.affine("out", of.deep(of.x0))[0];
            case "xdeepfm" -> of.linear() + of.crossed(of.compressed());
            case "autoint" -> of.crossed(of.attended());
            case "din" -> of.affine("out", of.deep(join(of.x0, of.interest())))[0];
            case "mf" -> of.factorised();
            default -> throw new IllegalArgumentException("no formula for " + name);
        };
    }

    private double crossed(double[] cross) {
        return affine("out", join(cross, deep(x0)))[0];
    }

    private double[] deep(double[] x) {
        return relu(affine("deep2", relu(affine("deep1", x))));
    }

    private double linear() {
        return Arrays.stream(at.linear, row * Field.COUNT, (row + 1) * Field.COUNT)
                .sum();
    }

    /** User's and item's rows and weights, and nothing else. */
    private double factorised() {
        double biases = at.linear[row * Field.COUNT] + at.linear[row * Field.COUNT + 4];
        return at.parameter("bias")[0] + biases + dot(at.field(row, 0), at.field(row, 4));
    }

    private double pairs() {
        double sum = 0;
        for (int a = 0; a < Field.COUNT; a++) {
            for (int b = a + 1; b < Field.COUNT; b++) {
                sum += dot(at.field(row, a), at.field(row, b));
            }
        }
        return sum;
    }

    private double[] matrixCross(String name, double[] x) {
        double[] map = affine(name, x);
        double[] next = new double[x.length];
        for (int k = 0; k < next.length; k++) {
            next[k] = x0[k] * map[k] + x[k];
        }
        return next;
    }

    private double[] vectorCross(String name, double[] x) {
        double along = dot(at.parameter(name + ".weight"), x);
        double[] bias = at.parameter(name + ".bias");
        double[] next = new double[x.length];
        for (int k = 0; k < next.length; k++) {
            next[k] = x0[k] * along + bias[k] + x[k];
        }
        return next;
    }

    /** Expert by expert, as in the paper: the product collects them before it maps them back. */
    private double[] mixture(String name, double[] x) {
        double[] gates = softmax(product(at.parameter("gate.weight"), x));
        double[] v = at.parameter(name + ".v.weight");
        double[] c = at.parameter(name + ".c");
        double[] u = at.parameter(name + ".u.weight");
        double[] bias = at.parameter(name + ".u.bias");
        int rank = v.length / gates.length / x.length;
        double[] next = x.clone();
        for (int e = 0; e < gates.length; e++) {
            double[] inner = tanh(product(slice(v, e * rank * x.length, rank * x.length), x));
            double[] turned = new double[rank];
            for (int to = 0; to < rank; to++) {
                for (int from = 0; from < rank; from++) {
                    turned[to] += c[(e * rank + from) * rank + to] * inner[from];
                }
            }
            turned = tanh(turned);
            for (int k = 0; k < x.length; k++) {
                double back = bias[k];
                for (int r = 0; r < rank; r++) {
                    back += u[k * gates.length * rank + e * rank + r] * turned[r];
                }
                next[k] += gates[e] * x0[k] * back;
            }
        }
        return next;
    }

    /** Three nested sums for every number of every map. */
    private double[] compressed() {
        double[][] maps = new double[Field.COUNT][];
        for (int f = 0; f < Field.COUNT; f++) {
            maps[f] = at.field(row, f);
        }
        double[] sums = {};
        for (int layer = 1; layer <= 3; layer++) {
            double[][] made =
                    layer(maps, at.parameter("cin" + layer + ".weight"), at.parameter("cin" + layer + ".bias"));
            int split = layer < 3 ? made.length / 2 : 0;
            double[] direct = Arrays.stream(made, split, made.length)
                    .mapToDouble(map -> Arrays.stream(map).sum())
                    .toArray();
            sums = join(sums, direct);
            maps = Arrays.copyOf(made, split);
        }
        return sums;
    }

    private double[][] layer(double[][] maps, double[] weight, double[] bias) {
        double[][] made = new double[bias.length][D];
        for (int h = 0; h < made.length; h++) {
            for (int k = 0; k < D; k++) {
                double sum = bias[h];
                for (int i = 0; i < maps.length; i++) {
                    for (int j = 0; j < Field.COUNT; j++) {
                        double w = weight[(h * maps.length + i) * Field.COUNT + j];
                        sum += w * maps[i][k] * at.field(row, j)[k];
                    }
                }
                made[h][k] = Math.max(0, sum);
            }
        }
        return made;
    }

    private double[] attended() {
        int size = 64;
        int head = 32;
        double[][] x = new double[Field.COUNT][];
        for (int f = 0; f < Field.COUNT; f++) {
            x[f] = at.absent(row, f)
                    ? add(at.field(row, f), slice(at.parameter("missing"), f * D, D))
                    : at.field(row, f);
        }
        double[] w = at.parameter("attention.weight");
        double[] all = {};
        for (int f = 0; f < Field.COUNT; f++) {
            double[] mixed = product(slice(w, 3 * size * D, size * D), x[f]);
            for (int from = 0; from < size; from += head) {
                double[] query = product(slice(w, from * D, head * D), x[f]);
                double[] scores = new double[Field.COUNT];
                for (int g = 0; g < scores.length; g++) {
                    double[] key = product(slice(w, (size + from) * D, head * D), x[g]);
                    scores[g] = dot(query, key) / Math.sqrt(head);
                }
                double[] weights = softmax(scores);
                for (int g = 0; g < scores.length; g++) {
                    double[] value = product(slice(w, (2 * size + from) * D, head * D), x[g]);
                    for (int k = 0; k < head; k++) {
                        mixed[from + k] += weights[g] * value[k];
                    }
                }
            }
            all = join(all, relu(mixed));
        }
        return all;
    }

    private double[] interest() {
        int side = Point.SIDES[row];
        int length = Point.LENGTHS[side];
        if (length == 0) {
            return at.parameter("cold");
        }
        double[] query = join(at.field(row, 4), at.field(row, 5));
        double[] interest = new double[Point.KEY];
        for (int t = 0; t < length; t++) {
            double[] key = at.key(side, t);
            double[] first = add(block("query", query), block("key", key));
            first = add(first, add(block("difference", minus(query, key)), block("product", times(query, key))));
            first = relu(add(first, at.parameter("attention1.bias")));
            double weight = affine("attention3", relu(affine("attention2", first)))[0];
            for (int k = 0; k < interest.length; k++) {
                interest[k] += weight * key[k] / Math.sqrt(length);
            }
        }
        return interest;
    }

    private double[] block(String name, double[] x) {
        return product(at.parameter("attention1." + name + ".weight"), x);
    }

    private double[] affine(String name, double[] x) {
        return add(product(at.parameter(name + ".weight"), x), at.parameter(name + ".bias"));
    }

    private static double[] product(double[] weight, double[] x) {
        double[] y = new double[weight.length / x.length];
        for (int out = 0; out < y.length; out++) {
            y[out] = dot(slice(weight, out * x.length, x.length), x);
        }
        return y;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }

    private static double[] add(double[] x, double[] y) {
        double[] sum = x.clone();
        Arrays.setAll(sum, k -> x[k] + y[k]);
        return sum;
    }

    private static double[] minus(double[] x, double[] y) {
        double[] difference = x.clone();
        Arrays.setAll(difference, k -> x[k] - y[k]);
        return difference;
    }

    private static double[] times(double[] x, double[] y) {
        double[] product = x.clone();
        Arrays.setAll(product, k -> x[k] * y[k]);
        return product;
    }

    private static double[] slice(double[] x, int from, int length) {
        return Arrays.copyOfRange(x, from, from + length);
    }

    private static double[] join(double[] x, double[] y) {
        return DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).toArray();
    }

    private static double[] relu(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }

    private static double[] tanh(double[] x) {
        return Arrays.stream(x).map(Math::tanh).toArray();
    }

    private static double[] softmax(double[] x) {
        double all = Arrays.stream(x).map(Math::exp).sum();
        return Arrays.stream(x).map(value -> Math.exp(value) / all).toArray();
    }
}
