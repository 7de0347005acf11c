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
