package coldstream.console.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What all services answered at one moment. */
final class Round {

    private final Instant at;
    private final Places places;
    private final Map<String, Answer> answers;
    private final Map<String, List<Exposition>> metrics = new HashMap<>();

    Round(Instant at, Places places, Map<String, Answer> answers) {
        this.at = at;
        this.places = places;
        this.answers = Map.copyOf(answers);
    }

    Instant at() {
        return at;
    }

    Optional<JsonNode> status() {
        return trainer(Places.STATUS).json();
    }

    Optional<JsonNode> drift() {
        return trainer(Places.DRIFT).json();
    }

    private Answer trainer(String what) {
        return answers.getOrDefault(Places.name(Places.LEARNING, 0, what), Answer.NONE);
    }

    /** Whether each of a part's processes is ready. */
    List<Answer> ready(String part) {
        return IntStream.range(0, places.processes(part))
                .mapToObj(process -> answers.getOrDefault(Places.name(part, process, Places.READY), Answer.NONE))
                .toList();
    }

    /** The sum over all processes of a part; empty if none of them has it. */
    OptionalDouble sum(String part, String metric) {
        return sum(metrics(part).stream().map(one -> one.sum(metric)).toList());
    }

    /** As {@link #sum(String, String)}, of those with this label. */
    OptionalDouble sum(String part, String metric, String label, String value) {
        return sum(
                metrics(part).stream().map(one -> one.sum(metric, label, value)).toList());
    }

    /** The largest over all processes, for what each says of the whole. */
    OptionalDouble largest(String part, String metric) {
        return metrics(part).stream()
                .map(one -> one.sum(metric))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }

    private static OptionalDouble sum(List<OptionalDouble> each) {
        List<OptionalDouble> there =
                each.stream().filter(OptionalDouble::isPresent).toList();
        return there.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        there.stream().mapToDouble(OptionalDouble::getAsDouble).sum());
    }

    private List<Exposition> metrics(String part) {
        return metrics.computeIfAbsent(part, key -> IntStream.range(0, places.processes(part))
                .mapToObj(process -> answers.getOrDefault(Places.name(part, process, Places.METRICS), Answer.NONE)
                        .metrics())
                .toList());
    }
}
