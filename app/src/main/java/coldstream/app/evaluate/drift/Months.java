package coldstream.app.evaluate.drift;

import coldstream.domain.Interaction;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much happened when. */
final class Months {

    private Months() {}

    /** The first value with a fraction, such as half a star, where those before were whole. */
    static List<StreamOutcome.Fact> facts(List<Interaction> events) {
        for (int place = 0; place < events.size(); place++) {
            Interaction event = events.get(place);
            if (event.value().isPresent() && event.value().getAsDouble() % 1 != 0) {
                return place == 0
                        ? List.of()
                        : List.of(new StreamOutcome.Fact(event.timestamp(), "first value that is not whole"));
            }
        }
        return List.of();
    }

    /** Events by month in order; months without any are there with 0. */
    static List<StreamOutcome.Month> of(List<Interaction> events) {
        Map<YearMonth, Integer> counts = new TreeMap<>();
        for (Interaction event : events) {
            counts.merge(YearMonth.from(event.timestamp().atOffset(ZoneOffset.UTC)), 1, Integer::sum);
        }
        YearMonth last =
                YearMonth.from(events.get(events.size() - 1).timestamp().atOffset(ZoneOffset.UTC));
        YearMonth first = YearMonth.from(events.get(0).timestamp().atOffset(ZoneOffset.UTC));
        for (YearMonth month = first; month.isBefore(last); month = month.plusMonths(1)) {
            counts.putIfAbsent(month, 0);
        }
        return counts.entrySet().stream()
                .map(entry -> new StreamOutcome.Month(entry.getKey().toString(), entry.getValue()))
                .toList();
    }
}
