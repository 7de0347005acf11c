package coldstream.app.evaluate.drift;

import static coldstream.app.evaluate.drift.SingleDetectors.ALONE;

import coldstream.evaluation.PairedBootstrap;
import coldstream.evaluation.PairedDifference;
import coldstream.evaluation.RunAreas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What came of all streams.
 *
 * @param data they are of
 * @param arm that learnt
 * @param horizon days in which a change counts as noticed
 * @param only detectors that are reported; empty for all
 * @param streams by what changes in them, such as {@code sudden@0.5-0.5}, {@value #NOTHING} first; one a seed each
 */
record DriftReport(
        String data, String arm, double horizon, List<String> only, Map<String, List<StreamOutcome>> streams) {

    /** Where nothing changes, or nobody knows what. */
    static final String NOTHING = "none";

    /** All that leads to an action, taken together. */
    static final String WATCH = "watch";

    DriftReport {
        streams = new LinkedHashMap<>(streams);
    }

    /** The streams where something is known to change. */
    List<String> drifts() {
        return streams.keySet().stream().filter(name -> !name.equals(NOTHING)).toList();
    }

    List<StreamOutcome> of(String drift) {
        return Objects.requireNonNull(streams.get(drift), drift);
    }

    /** The watch as a whole, then each of its detectors, then the bare ones. */
    List<String> detectors() {
        var names = new TreeSet<String>();
        streams.values()
                .forEach(all -> all.forEach(
                        stream -> stream.arms().get(0).raised().forEach(raised -> names.add(raised.detector()))));
        List<String> ordered = new ArrayList<>(List.of(WATCH));
        names.stream().filter(name -> !name.startsWith(ALONE)).forEach(ordered::add);
        names.stream().filter(name -> name.startsWith(ALONE)).forEach(ordered::add);
        ordered.removeIf(name -> !only.isEmpty() && !only.contains(name));
        return ordered;
    }

    private static Predicate<Raised> by(String detector) {
        return detector.equals(WATCH)
                ? raised -> !raised.detector().startsWith(ALONE)
                : raised -> raised.detector().equals(detector);
    }

    /** One a seed; empty where it was missed. */
    List<Optional<Detection>> detections(String drift, String detector) {
        return of(drift).stream()
                .map(stream -> stream.change()
                        .flatMap(change -> Detection.of(stream.arms().get(0).raised(), by(detector), change, horizon)))
                .toList();
    }

    /** NaN where every stream changes. */
    double falseAlarmsPerDay(String detector) {
        return Detection.falseAlarmsPerDay(streams.getOrDefault(NOTHING, List.of()), by(detector));
    }

    /** Remedies that were tried, the first is nothing. */
    List<String> remedies() {
        return streams.values().iterator().next().get(0).arms().stream()
                .map(ArmOutcome::remedy)
                .toList();
    }

    /** How many times a remedy acted, in all seeds. */
    int acted(String drift, int remedy) {
        return of(drift).stream()
                .mapToInt(stream -> (int) stream.arms().get(remedy).actions().stream()
                        .mapToInt(ArmOutcome.Action::event)
                        .distinct()
                        .count())
                .sum();
    }

    /** By stratum, what a remedy gained in area from the change on against doing nothing. */
    Map<String, PairedDifference> gain(String drift, int remedy) {
        return PairedBootstrap.DEFAULT.compareStreams(areas(drift, remedy), areas(drift, 0));
    }

    private List<RunAreas> areas(String drift, int remedy) {
        return of(drift).stream()
                .map(stream -> stream.arms().get(remedy).after())
                .toList();
    }
}
