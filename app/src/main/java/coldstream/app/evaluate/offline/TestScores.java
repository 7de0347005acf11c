package coldstream.app.evaluate.offline;

import coldstream.app.evaluate.offline.Predictor.Question;
import java.util.List;

/** What was predicted for each test: the score of the item taken, and of the one drawn against it. */
final class TestScores {

    private static final int TOGETHER = 1024;

    private final List<HeldOut> tests;
    private final double[] own;
    private final double[] other;

    TestScores(List<HeldOut> tests, double[] own, double[] other) {
        this.tests = tests;
        this.own = own.clone();
        this.other = other.clone();
    }

    /** Asks for every test. */
    static TestScores of(Predictor predictor, List<HeldOut> tests) {
        double[] own = new double[tests.size()];
        double[] other = new double[tests.size()];
        for (int from = 0; from < tests.size(); from += TOGETHER) {
            List<HeldOut> some = tests.subList(from, Math.min(tests.size(), from + TOGETHER));
            double[][] scores = predictor.scores(some.stream()
                    .map(test -> new Question(test.user(), test.place(), test.item(), test.other()))
                    .toList());
            for (int k = 0; k < some.size(); k++) {
                own[from + k] = scores[k][0];
                other[from + k] = scores[k][1];
            }
        }
        return new TestScores(tests, own, other);
    }

    /** The area of a stratum, all its rows pooled. */
    Area area(TestStratum stratum, TestStratum.Tail tail) {
        boolean[] ownIn = new boolean[own.length];
        boolean[] otherIn = new boolean[own.length];
        for (int k = 0; k < own.length; k++) {
            ownIn[k] = stratum.own(tail, tests.get(k));
            otherIn[k] = stratum.other(tail, tests.get(k));
        }
        return Area.of(own, ownIn, other, otherIn);
    }
}
