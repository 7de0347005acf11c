package coldstream.scorer.model;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.scorer.metrics.TaggedCounters;
import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * What is counted of the language model's questions and answers; every tag comes from a closed set.
 *
 * <pre>
 * calls              = answered + one count for each fault
 * answers to a list  = read + too_large + empty + html + not_json + no_list + ungrounded + too_few
 * </pre>
 *
 * <p>Alert when {@code coldstream_llm_answers_total} other than {@code read} outweigh it: the money is spent and nothing comes
 * of it; the model is too weak for the task, or another than meant.
 */
public final class ModelMetrics {

    private final MeterRegistry meters;
    private final Counter answered;
    private final TaggedCounters<Fault> faults;
    private final TaggedCounters<ScoreReply.Reading> readings;
    private final TaggedCounters<ScoreReply.Entry> entries;
    private final Counter missing;
    private final TaggedCounters<UntrustedText.State> texts;
    private final TaggedCounters<Parameter> parameters;

    public ModelMetrics(MeterRegistry meters) {
        this.meters = meters;
        String calls = "Calls to the endpoint of the language model";
        answered = counter("coldstream.llm.calls", calls, "result", "answered");
        faults = TaggedCounters.of(meters, "coldstream.llm.calls", calls, "result", Fault.class);
        readings = TaggedCounters.of(
                meters, "coldstream.llm.answers", "Lists of scores read", "result", ScoreReply.Reading.class);
        String scores = "Scores in the language model's lists, by what they came to";
        entries = TaggedCounters.of(meters, "coldstream.llm.scores", scores, "result", ScoreReply.Entry.class);
        missing = counter("coldstream.llm.scores", scores, "result", "missing");
        texts = TaggedCounters.of(
                meters,
                "coldstream.llm.texts",
                "Item texts shown to the language model",
                "result",
                UntrustedText.State.class);
        parameters = TaggedCounters.of(
                meters,
                "coldstream.llm.parameters.refused",
                "Parameters the endpoint does not know, left out since",
                "parameter",
                Parameter.class,
                Parameter::tag);
    }

    Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(meters);
    }

    MeterRegistry meters() {
        return meters;
    }

    void called(Exchange exchange) {
        if (exchange instanceof Answered) {
            answered.increment();
        } else {
            faults.increment(((Failed) exchange).fault());
        }
    }

    void read(ScoreReply reply) {
        readings.increment(reply.reading());
        reply.entries().forEach((entry, count) -> entries.add(entry, count));
        missing.increment((double)
                reply.scores().stream().filter(score -> Double.isNaN(score)).count());
    }

    void missing(long candidates) {
        missing.increment((double) candidates);
    }

    void scored(long candidates) {
        entries.add(ScoreReply.Entry.SCORED, (double) candidates);
    }

    void shown(List<Facets> items) {
        items.forEach(item -> item.states().forEach((state, count) -> texts.add(state, count)));
    }

    void refused(Parameter parameter) {
        parameters.increment(parameter);
    }
}
