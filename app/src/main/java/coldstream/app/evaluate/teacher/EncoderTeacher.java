package coldstream.app.evaluate.teacher;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import coldstream.scorer.candidates.Question;
import coldstream.scorer.model.EncoderScorer;
import coldstream.scorer.model.VectorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scorer worker's own encoder scorer on these vectors, whatever they mean. */
final class EncoderTeacher implements Teacher {

    private final Questions questions;
    private final LanguageModelScorer scorer;
    private final List<ItemVector> vectors;
    private final VectorTable table;

    /** @param vectors one per item, all of the same encoder; there must be one */
    EncoderTeacher(List<Item> items, List<ItemVector> vectors) {
        this.vectors = vectors;
        questions = new Questions(items);
        ItemVector first = vectors.get(0);
        int dimension = first.vector().dimension();
        table = new VectorTable(dimension);
        vectors.forEach(vector -> table.put(vector.item(), vector.vector()));
        scorer = new EncoderScorer(first.encoder(), dimension, table);
    }

    /** Of two items' vectors; NaN where either has none. */
    double cosine(ItemId one, ItemId other) {
        return table.cosine(one, other);
    }

    @Override
    public List<ItemVector> vectors() {
        return vectors;
    }

    @Override
    public void taken(UserId user, ItemId item) {
        questions.taken(item);
    }

    @Override
    public Optional<SoftScores> answer(ScoreRequest request) {
        return questions
                .of(request)
                .flatMap(question -> scorer.score(question.history(), question.candidates()) instanceof Scored scored
                        ? Optional.of(answer(request, question, scored))
                        : Optional.empty());
    }

    private SoftScores answer(ScoreRequest request, Question question, Scored scored) {
        List<ItemScore> scores = new ArrayList<>();
        for (int place = 0; place < question.candidates().size(); place++) {
            double score = scored.scores().get(place);
            if (!Double.isNaN(score)) {
                scores.add(new ItemScore(question.candidates().get(place).item(), score));
            }
        }
        Optional<ItemId> hidden = question.hidden()
                .filter(item -> scores.stream().anyMatch(score -> score.item().equals(item)));
        return Answers.of(request, question, scores, hidden, scorer.model(), scorer.promptVersion());
    }
}
