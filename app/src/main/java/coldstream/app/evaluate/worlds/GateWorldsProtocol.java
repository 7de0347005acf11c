package coldstream.app.evaluate.worlds;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.ProgressLine;
import coldstream.app.evaluate.protocol.Protocol;
import coldstream.domain.Check;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.GateMode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gates of the product in three made-up worlds: one whose language model is good where clicks are few, one where it is the
 * other way round, and one whose language model says nothing. Differences are to the same student without guidance, over
 * worlds of as many seeds as asked for.
 */
public final class GateWorldsProtocol implements Protocol {

    private static final String TRUTH = "told the truth";

    @Override
    public String name() {
        return "gate-worlds";
    }

    @Override
    public boolean readsData() {
        return false;
    }

    @Override
    public void check(EvaluateOptions options) {
        options.arms().forEach(arm -> arm.config(0, 0, options.labels()));
        Check.check(options.out().isEmpty(), "gate-worlds writes no file, got --out %s", options.out());
    }

    @Override
    public int run(EvaluateOptions options, PrintWriter out, PrintWriter err) {
        var progress = new ProgressLine(err);
        for (Rates rates : Rates.values()) {
            Map<String, List<Outcome>> arms = new LinkedHashMap<>();
            for (long seed : options.seeds()) {
                World world = new World(seed, rates, Size.FULL);
                gates(options, rates).forEach((name, gate) -> {
                    progress.say("%s, seed %d: %s".formatted(rates, seed, name));
                    arms.computeIfAbsent(name, arm -> new ArrayList<>())
                            .add(WorldRun.of(world, gate, seed, Size.FULL.epochs()));
                });
            }
            out.print(WorldTable.of(rates, arms));
            out.flush();
        }
        return 0;
    }

    /** New gates by name; first the one that trusts nothing. */
    private static Map<String, Gate> gates(EvaluateOptions options, Rates rates) {
        Map<String, Gate> gates = new LinkedHashMap<>();
        for (Arm arm : options.arms()) {
            var settings = arm.config(0, 0, options.labels()).gateSettings();
            if (gates.isEmpty()) {
                gates.put(GateMode.OFF.toString(), Gate.of(settings.with(GateMode.OFF)));
            }
            String name = settings.mode() + (settings.mode().descends() ? ", rate " + settings.rate() : "");
            gates.put(name, Gate.of(settings));
        }
        gates.put(TRUTH, rates.truth());
        return gates;
    }
}
