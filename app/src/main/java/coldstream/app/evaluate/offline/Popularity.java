package coldstream.app.evaluate.offline;

import java.util.List;

/** The more often an item is taken in training, the higher. */
record Popularity(LeaveOneOut split) implements Predictor {

    @Override
    public double[][] scores(List<Question> questions) {
        return questions.stream()
                .map(question -> question.items()
                        .mapToDouble(item -> (double) split.count(item))
                        .toArray())
                .toArray(double[][]::new);
    }
}
