package coldstream.app.evaluate.drift;

import coldstream.app.dataset.Change;
import coldstream.evaluation.AreaDraws;
import coldstream.evaluation.PairedDifference;
import coldstream.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form of {@code evaluate --protocol drift --out}. */
final class DriftJson {

    record Form(
            String protocol,
            String data,
            String arm,
            double horizonDays,
            Map<String, Optional<Double>> falseAlarmsPerDay,
            List<Found> detections,
            List<Gain> gains,
            List<OneStream> streams) {}

    /** @param events and {@code days} of delay; empty where it was missed */
    record Found(String drift, int seed, String detector, Optional<Integer> events, Optional<Double> days) {}

    record Gain(String drift, String action, String stratum, double difference, double low, double high, int acted) {}

    record OneStream(String drift, int seed, int events, Optional<Change> change, List<OneArm> arms) {}

    record OneArm(
            String action,
            Optional<Double> aucAfter,
            List<ArmOutcome.Action> actions,
            List<Raised> alarms,
            List<Optional<Double>> aucOverTime) {}

    private DriftJson() {}

    static byte[] of(DriftReport report) {
        return Json.write(new Form(
                "drift",
                report.data(),
                report.arm(),
                report.horizon(),
                rates(report),
                detections(report),
                gains(report),
                streams(report)));
    }

    private static Map<String, Optional<Double>> rates(DriftReport report) {
        Map<String, Optional<Double>> rates = new LinkedHashMap<>();
        report.detectors().forEach(name -> rates.put(name, number(report.falseAlarmsPerDay(name))));
        return rates;
    }

    private static List<Found> detections(DriftReport report) {
        List<Found> found = new ArrayList<>();
        for (String drift : report.drifts()) {
            for (String detector : report.detectors()) {
                List<Optional<Detection>> each = report.detections(drift, detector);
                for (int seed = 0; seed < each.size(); seed++) {
                    found.add(new Found(
                            drift,
                            seed,
                            detector,
                            each.get(seed).map(Detection::events),
                            each.get(seed).map(Detection::days)));
                }
            }
        }
        return found;
    }

    private static List<Gain> gains(DriftReport report) {
        List<Gain> gains = new ArrayList<>();
        List<String> remedies = report.remedies();
        for (String drift : report.streams().keySet()) {
            for (int remedy = 1; remedy < remedies.size(); remedy++) {
                for (Map.Entry<String, PairedDifference> gain :
                        report.gain(drift, remedy).entrySet()) {
                    PairedDifference found = gain.getValue();
                    gains.add(new Gain(
                            drift,
                            remedies.get(remedy),
                            gain.getKey(),
                            found.difference(),
                            found.low(),
                            found.high(),
                            report.acted(drift, remedy)));
                }
            }
        }
        return gains;
    }

    private static List<OneStream> streams(DriftReport report) {
        List<OneStream> streams = new ArrayList<>();
        report.streams().forEach((drift, seeds) -> {
            for (int seed = 0; seed < seeds.size(); seed++) {
                StreamOutcome stream = seeds.get(seed);
                streams.add(new OneStream(
                        drift,
                        seed,
                        stream.events(),
                        stream.change(),
                        stream.arms().stream().map(DriftJson::arm).toList()));
            }
        });
        return streams;
    }

    private static OneArm arm(ArmOutcome arm) {
        Optional<Double> area =
                Optional.ofNullable(arm.after().strata().get("overall")).map(AreaDraws::area);
        return new OneArm(
                arm.remedy(),
                area,
                arm.actions(),
                arm.raised(),
                arm.overTime().stream().map(DriftJson::number).toList());
    }

    /** Empty for what is no number. */
    private static Optional<Double> number(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
