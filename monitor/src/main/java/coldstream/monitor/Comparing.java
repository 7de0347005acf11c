package coldstream.monitor;

import coldstream.evaluation.drift.KolmogorovSmirnov;
import coldstream.evaluation.drift.StabilityIndex;
import java.util.ArrayList;
import java.util.List;

/** A window beside its reference. */
final class Comparing {

    private Comparing() {}

    /** @param level chance at or below which one of the detectors alone would make an alarm */
    static List<Finding> findings(WatchedSignal plan, Distribution reference, Distribution now, double level) {
        boolean harmful = plan.harm().in(now.mean() - reference.mean());
        List<Finding> findings = new ArrayList<>();
        for (Detector detector : plan.detectors()) {
            if (detector == Detector.PSI) {
                findings.add(stability(plan, reference, now, level, harmful));
            } else if (detector == Detector.KS) {
                findings.add(distance(plan, reference, now, level, harmful));
            } else if (detector == Detector.MEAN) {
                findings.add(mean(plan, reference, now, level, harmful));
            }
        }
        return findings;
    }

    private static Finding stability(
            WatchedSignal plan, Distribution reference, Distribution now, double level, boolean harmful) {
        StabilityIndex index = reference.stabilityOf(now);
        double needed = Math.max(plan.material(), reference.criticalOf(now, Normal.quantile(level)));
        return new Finding(
                Detector.PSI, index.excess(), needed, index.chance(), harmful && index.excess() > plan.material());
    }

    /** Both sides vary alike where nothing changed: what they vary by is taken from both, each as far as it has values. */
    private static Finding mean(
            WatchedSignal plan, Distribution reference, Distribution now, double level, boolean harmful) {
        double n = reference.effective();
        double m = now.effective();
        double variance = (n * reference.variance() + m * now.variance()) / (n + m);
        double error = Math.sqrt(variance * (1 / n + 1 / m));
        double distance = Math.abs(now.mean() - reference.mean());
        double needed = error == 0 ? plan.material() : Math.max(plan.material(), Normal.quantile(level / 2) * error);
        double chance = distance == 0 ? 1 : 2 * Normal.above(distance / error);
        return new Finding(Detector.MEAN, distance, needed, chance, harmful && distance > plan.material());
    }

    private static Finding distance(
            WatchedSignal plan, Distribution reference, Distribution now, double level, boolean harmful) {
        double distance = reference.distance(now);
        double needed =
                Math.max(plan.material(), KolmogorovSmirnov.critical(level, reference.effective(), now.effective()));
        return new Finding(
                Detector.KS, distance, needed, reference.chance(distance, now), harmful && distance > plan.material());
    }
}
