package coldstream.app.evaluate.prequential;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.scorer.CandidateBuilder;
import coldstream.scorer.CandidateRules;
import coldstream.scorer.EncoderScorer;
import coldstream.scorer.ItemIndex;
import coldstream.scorer.Question;
import coldstream.scorer.Shelf;
import coldstream.scorer.VectorTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scorer worker's own candidates and encoder, with the whole catalogue known from the start. Popularity is refreshed
 * every {@value #REFRESH} positives, as the worker refreshes it every few seconds.
 */
final class EncoderTeacher implements Teacher {

    private static final int REFRESH = 1_000;
    private static final int KNOWN_ITEMS = 5_000;

    private final CandidateBuilder candidates = new CandidateBuilder(CandidateRules.DEFAULTS);
    private final LanguageModelScorer scorer;
    private final ItemIndex index;
    private final Map<ItemId, Long> counts = new HashMap<>();
    private Shelf shelf;
    private long taken;

    /** @param vectors one per item, all of the same encoder; there must be one */
    EncoderTeacher(List<Item> items, List<ItemVector> vectors) {
        ItemVector first = vectors.get(0);
        int dimension = first.vector().dimension();
        var table = new VectorTable(dimension);
        vectors.forEach(vector -> table.put(vector.item(), vector.vector()));
        scorer = new EncoderScorer(first.encoder(), dimension, table);
        index = ItemIndex.of(items);
        shelf = Shelf.of(index, Map.of());
    }

    @Override
    public void taken(ItemId item) {
        counts.merge(item, 1L, Long::sum);
        if (++taken % REFRESH == 0) {
            shelf = Shelf.of(index, mostPopular());
        }
    }

    private Map<ItemId, Long> mostPopular() {
        Map<ItemId, Long> top = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<ItemId, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(KNOWN_ITEMS)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    @Override
    public Optional<SoftScores> answer(ScoreRequest request) {
        return candidates
                .question(request, shelf)
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
        return new SoftScores(
                request.requestId(),
                request.user(),
                scores,
                hidden,
                scorer.model(),
                scorer.promptVersion(),
                1,
                request.requestedAt(),
                request.historyVersion(),
                request.historyMaxTime());
    }
}
