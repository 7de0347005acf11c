package coldstream.evaluation;

import static coldstream.evaluation.ScoredEvents.WARM_HEAD;
import static coldstream.evaluation.ScoredEvents.head;
import static coldstream.evaluation.ScoredEvents.tail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against lists filtered by the words of each stratum's definition, and pairs counted one by one. */
final class EventScoresTest {

    private static final List<ScoredEvent> STREAM = stream();

    private final EventScores scores = new EventScores();

    EventScoresTest() {
        STREAM.forEach(scores::add);
    }

    @ParameterizedTest
    @EnumSource(Stratum.class)
    void theAreaOfAStratumIsTheShareOfPairsWonAmongItsRows(Stratum stratum) {
        assertThat(scores.auc(stratum)).isEqualTo(brute(STREAM, stratum), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Stratum.class)
    void theAreaOfASpanIsThatOfItsEventsAlone(Stratum stratum) {
        List<ScoredEvent> counted = STREAM.stream().filter(ScoredEvent::scored).toList();
        double[] areas = scores.overTime(stratum, 3);

        for (int span = 0; span < 3; span++) {
            List<ScoredEvent> part = counted.subList(counted.size() * span / 3, counted.size() * (span + 1) / 3);
            assertThat(areas[span]).isEqualTo(brute(part, stratum), within(1e-12));
        }
    }

    @Test
    void aSpanWithFewRowsHasNoArea() {
        assertThat(scores.overTime(Stratum.OVERALL, STREAM.size()))
                .containsOnly(Double.NaN)
                .hasSize(STREAM.size());
    }

    @Test
    void calibrationIsThatOfTheDefinition() {
        List<Row> rows = rows(STREAM, Stratum.OVERALL);
        double error = 0;
        for (int bin = 0; bin < 15; bin++) {
            double low = bin / 15.0;
            double high = (bin + 1) / 15.0;
            List<Row> ofBin = rows.stream()
                    .filter(row -> row.probability() >= low && row.probability() < high)
                    .toList();
            double predicted =
                    ofBin.stream().mapToDouble(Row::probability).average().orElse(0);
            double happened = ofBin.stream()
                    .mapToDouble(row -> row.positive() ? 1 : 0)
                    .average()
                    .orElse(0);
            error += Math.abs(predicted - happened) * ofBin.size() / rows.size();
        }
        double positives = rows.stream().filter(Row::positive).count();
        double mean = rows.stream().mapToDouble(Row::probability).sum();

        Calibration found = scores.calibration(Stratum.OVERALL);

        assertThat(found.error()).isEqualTo(error, within(1e-12)).isPositive();
        assertThat(found.ratio()).isEqualTo(mean / positives, within(1e-12));
    }

    @Test
    void perfectProbabilitiesHaveNoCalibrationError() {
        var even = new EventScores();
        even.add(WARM_HEAD.logits(0, head(0)));

        assertThat(even.calibration(Stratum.OVERALL)).isEqualTo(new Calibration(1, 0));
    }

    private record Row(boolean positive, double logit) {

        double probability() {
            return 1 / (1 + Math.exp(-logit));
        }
    }

    private static double brute(List<ScoredEvent> events, Stratum stratum) {
        List<Row> rows = rows(events, stratum);
        return AucTest.shareOfPairsWon(logits(rows, Row::positive), logits(rows, row -> !row.positive()));
    }

    private static double[] logits(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).mapToDouble(Row::logit).toArray();
    }

    /** The definition in words of its own, not through {@link Stratum}. */
    private static List<Row> rows(List<ScoredEvent> events, Stratum stratum) {
        List<Row> rows = new ArrayList<>();
        for (ScoredEvent event : events) {
            if (!event.scored()) {
                continue;
            }
            long history = event.sample().userCount();
            boolean fresh = event.sample().itemCount() == 0;
            boolean tail = event.sample().tail();
            boolean own =
                    switch (stratum) {
                        case OVERALL -> !fresh;
                        case COLD -> !fresh && history <= 2;
                        case HISTORY_0 -> !fresh && history == 0;
                        case HISTORY_1_2 -> !fresh && history >= 1 && history <= 2;
                        case TAIL, ROW_TAIL -> !fresh && tail;
                        case NEW_ITEM -> fresh;
                        case WARM_HEAD -> !fresh && !tail && history > 2;
                    };
            if (own) {
                rows.add(new Row(true, event.logit()));
            }
            for (Negative negative : event.negatives()) {
                boolean against =
                        switch (stratum) {
                            case TAIL -> !fresh;
                            case ROW_TAIL -> !fresh && negative.tail();
                            default -> own;
                        };
                if (against) {
                    rows.add(new Row(false, negative.logit()));
                }
            }
        }
        return rows;
    }

    /** Every kind of event, few distinct scores so that there are ties, some events not scored. */
    private static List<ScoredEvent> stream() {
        var random = new Random(21);
        List<ScoredEvent> events = new ArrayList<>();
        for (int event = 0; event < 2_400; event++) {
            ScoredEvents kind = WARM_HEAD.by("user" + random.nextInt(40)).userCount(random.nextInt(6));
            int item = random.nextInt(4);
            kind = item == 0 ? kind.newItem() : item == 1 ? kind.tailItem() : kind;
            kind = random.nextInt(10) == 0 ? kind.notScored() : kind;
            events.add(kind.logits(grid(random) + 0.5, head(grid(random)), tail(grid(random))));
        }
        return events;
    }

    private static double grid(Random random) {
        return Math.round(random.nextGaussian() * 3) / 3.0;
    }
}
