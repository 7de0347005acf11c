package coldstream.app.evaluate.prequential;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * What a learner sees of a data set, in order; the same for every arm and seed.
 *
 * @param items the whole catalogue, known from the start
 * @param vectors of the items' texts
 * @param samples one per event
 * @param answers of the language model, by the event they were asked after
 */
record Timeline(List<Item> items, List<ItemVector> vectors, List<Sample> samples, List<Answer> answers) {

    /** Events that pass before an answer reaches the learner. */
    static final int DELAY = 200;

    /** Scores asked for after the event of this number, from 0. */
    record Answer(int event, SoftScores scores) {}

    /** Walks the interactions once, asking the teacher as ingest would. */
    static Timeline of(
            List<Item> items,
            List<ItemVector> vectors,
            Stream<Interaction> interactions,
            LocalIngest ingest,
            Optional<Teacher> teacher,
            IntConsumer progress) {
        List<Sample> samples = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        interactions.forEachOrdered(interaction -> {
            LocalIngest.Outcome outcome = ingest.accept(interaction);
            int event = samples.size();
            samples.add(outcome.sample());
            teacher.ifPresent(asked -> {
                outcome.due().forEach(request -> asked.answer(request)
                        .ifPresent(scores -> answers.add(new Answer(event, scores))));
                if (outcome.sample().label() == 1) {
                    asked.taken(outcome.sample().item());
                }
                outcome.request().flatMap(asked::answer).ifPresent(scores -> answers.add(new Answer(event, scores)));
            });
            if (samples.size() % 1_000 == 0) {
                progress.accept(samples.size());
            }
        });
        return new Timeline(items, vectors, samples, answers);
    }
}
