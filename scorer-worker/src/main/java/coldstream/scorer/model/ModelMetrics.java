package coldstream.scorer.model;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
    private final Map<Fault, Counter> faults;
    private final Map<ScoreReply.Reading, Counter> readings;
    private final Map<ScoreReply.Entry, Counter> entries;
    private final Counter missing;
    private final Map<UntrustedText.State, Counter> texts;
    private final Map<Parameter, Counter> parameters;

    public ModelMetrics(MeterRegistry meters) {
        this.meters = meters;
        String calls = "Calls to the endpoint of the language model";
        answered = counter("coldstream.llm.calls", calls, "result", "answered");
        faults = counters(Fault.class, fault -> counter("coldstream.llm.calls", calls, "result", fault.tag()));
        readings = counters(
                ScoreReply.Reading.class,
                reading -> counter("coldstream.llm.answers", "Lists of scores read", "result", reading.tag()));
        String scores = "Scores in the language model's lists, by what they came to";
        entries = counters(
                ScoreReply.Entry.class, entry -> counter("coldstream.llm.scores", scores, "result", entry.tag()));
        missing = counter("coldstream.llm.scores", scores, "result", "missing");
        texts = counters(
                UntrustedText.State.class,
                state -> counter(
                        "coldstream.llm.texts", "Item texts shown to the language model", "result", state.tag()));
        parameters = counters(
                Parameter.class,
                parameter -> counter(
                        "coldstream.llm.parameters.refused",
                        "Parameters the endpoint does not know, left out since",
                        "parameter",
                        parameter.tag()));
    }

    private <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, Function<E, Counter> counter) {
        Map<E, Counter> all = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            all.put(constant, counter.apply(constant));
        }
        return all;
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
            add(faults, ((Failed) exchange).fault(), 1);
        }
    }

    void read(ScoreReply reply) {
        add(readings, reply.reading(), 1);
        reply.entries().forEach((entry, count) -> add(entries, entry, count));
        missing.increment((double)
                reply.scores().stream().filter(score -> Double.isNaN(score)).count());
    }

    void missing(long candidates) {
        missing.increment((double) candidates);
    }

    void scored(long candidates) {
        add(entries, ScoreReply.Entry.SCORED, candidates);
    }

    void shown(List<Facets> items) {
        items.forEach(item -> item.states().forEach((state, count) -> add(texts, state, count)));
    }

    void refused(Parameter parameter) {
        add(parameters, parameter, 1);
    }

    private static <E extends Enum<E>> void add(Map<E, Counter> counters, E which, long count) {
        Counter counter = counters.get(which);
        if (counter != null) {
            counter.increment((double) count);
        }
    }
}
