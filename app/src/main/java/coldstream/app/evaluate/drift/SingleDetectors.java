package coldstream.app.evaluate.drift;

import coldstream.domain.ScoredEvent;
import coldstream.evaluation.drift.Adwin;
import coldstream.evaluation.drift.Ddm;
import coldstream.evaluation.drift.DriftDetector;
import coldstream.evaluation.drift.Kswin;
import coldstream.evaluation.drift.PageHinkley;
import coldstream.evaluation.drift.Standardized;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Published detectors with their published defaults, each alone on each signal, with nothing done about many tests or about
 * neighbours that resemble each other: what the product's watch is compared with.
 */
final class SingleDetectors implements Watcher {

    private static final int USUAL = 1_000;
    /** What their names begin with. */
    static final String ALONE = "bare-";

    private final Map<String, Supplier<DriftDetector>> makers = new LinkedHashMap<>();
    private final Map<String, DriftDetector> detectors = new LinkedHashMap<>();

    SingleDetectors(long seed) {
        makers.put("adwin", () -> new Adwin(Adwin.DEFAULT_DELTA));
        makers.put("page-hinkley", () -> new Standardized(USUAL, new PageHinkley(PageHinkley.Direction.BOTH)));
        makers.put("kswin", () -> new Kswin(0.005, seed));
        makers.put("ddm", Ddm::new);
    }

    @Override
    public List<Raised> step(Step step) {
        List<Raised> raised = new ArrayList<>();
        for (ScoredEvent event : step.result().events()) {
            EventSignals.of(event)
                    .forEach((signal, value) -> makers.forEach((name, maker) -> {
                        if (!name.equals("ddm") || signal.equals(EventSignals.ERROR)) {
                            DriftDetector detector = detectors.computeIfAbsent(name + " " + signal, key -> maker.get());
                            if (detector.add(value) == DriftDetector.State.DRIFT) {
                                raised.add(raised(step, name, signal, detector));
                            }
                        }
                    }));
        }
        return raised;
    }

    private static Raised raised(Step step, String name, String signal, DriftDetector detector) {
        return new Raised(
                ALONE + name,
                signal.equals("history") || signal.equals("popularity") ? "input" : "outcome",
                signal,
                "overall",
                detector.statistic(),
                detector.threshold(),
                step.event(),
                step.time(),
                "%s says that %s changed".formatted(name, signal));
    }
}
