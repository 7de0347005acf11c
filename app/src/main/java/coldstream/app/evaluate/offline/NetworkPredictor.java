package coldstream.app.evaluate.offline;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.trainer.learning.SettledLearner;
import java.util.ArrayList;
import java.util.List;

/** The learner's served logits, asked in passes of some thousand rows. */
record NetworkPredictor(LeaveOneOut split, SettledLearner learner) implements Predictor {

    private static final int ROWS = 4096;

    /** Items of a question from one place on. */
    private record Piece(int question, int from, int size) {}

    @Override
    public double[][] scores(List<Question> questions) {
        double[][] scores = new double[questions.size()][];
        List<Piece> pieces = new ArrayList<>();
        int rows = 0;
        for (int number = 0; number < questions.size(); number++) {
            int size = questions.get(number).size();
            scores[number] = new double[size];
            for (int from = 0; from < size; from += ROWS) {
                Piece piece = new Piece(number, from, Math.min(ROWS, size - from));
                pieces.add(piece);
                rows += piece.size;
                if (rows >= ROWS) {
                    ask(questions, pieces, scores);
                    rows = 0;
                }
            }
        }
        ask(questions, pieces, scores);
        return scores;
    }

    private void ask(List<Question> questions, List<Piece> pieces, double[][] scores) {
        List<SettledLearner.Question> asked = new ArrayList<>();
        for (Piece piece : pieces) {
            Question question = questions.get(piece.question);
            Sample sample = split.sample(question.user(), question.place());
            List<ItemId> items = new ArrayList<>(piece.size);
            for (int k = 0; k < piece.size; k++) {
                items.add(split.items().get(question.item(piece.from + k)));
            }
            asked.add(new SettledLearner.Question(sample, items));
        }
        List<ScoredEvent> events = learner.predict(asked);
        for (int number = 0; number < pieces.size(); number++) {
            Piece piece = pieces.get(number);
            List<ScoredEvent.Negative> found = events.get(number).negatives();
            for (int k = 0; k < piece.size; k++) {
                scores[piece.question][piece.from + k] = found.get(k).logit();
            }
        }
        pieces.clear();
    }
}
