package coldstream.app.evaluate.offline;

import coldstream.trainer.learning.GateReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One arm with one seed.
 *
 * @param areas of the test, by stratum
 * @param training absent where nothing is trained in epochs
 * @param seconds it took, test and ranking included
 */
record Trial(
        String arm,
        long seed,
        Map<TestStratum, Area> areas,
        Ranking ranking,
        Optional<Training> training,
        double seconds) {

    /**
     * How a network was trained.
     *
     * @param validation area after each epoch
     * @param best epoch kept, from 1
     * @param skipped steps of which nothing was learnt, because the arithmetic broke
     */
    record Training(List<Double> validation, int best, int skipped, GateReport gate) {}

    /** Areas of every stratum. */
    static Map<TestStratum, Area> areas(TestScores scores, TestStratum.Tail tail) {
        Map<TestStratum, Area> areas = new EnumMap<>(TestStratum.class);
        for (TestStratum stratum : TestStratum.values()) {
            areas.put(stratum, scores.area(stratum, tail));
        }
        return areas;
    }

    Area area(TestStratum stratum) {
        return Objects.requireNonNull(areas.get(stratum));
    }
}
