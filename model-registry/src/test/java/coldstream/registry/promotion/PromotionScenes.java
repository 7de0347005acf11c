package coldstream.registry.promotion;

import static coldstream.registry.promotion.Evidences.difference;

import coldstream.domain.PairedMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Evidence of four kinds, and rigs that are closed behind the test. */
abstract class PromotionScenes {

    static final PairedMetrics GOOD = difference(0.01, 0.001, 1_000);
    static final PairedMetrics WORSE = difference(-0.1, 0.001, 1_000);
    static final PairedMetrics CLOSE = difference(-0.01, 0.001, 1_000);
    static final PairedMetrics LITTLE = difference(0.01, 0.1, 10);

    private final Path folder;
    private final List<PromotionRig> open = new ArrayList<>();

    PromotionScenes(Path folder) {
        this.folder = folder;
    }

    /** @param keysAndValues settings without {@code registry.} before */
    final PromotionRig rig(String... keysAndValues) {
        var settings = new HashMap<String, String>();
        for (int k = 0; k < keysAndValues.length; k += 2) {
            settings.put("registry." + keysAndValues[k], keysAndValues[k + 1]);
        }
        var rig = new PromotionRig(folder, settings);
        open.add(rig);
        return rig;
    }

    /** Version 1 is champion, version 2 on trial. */
    final PromotionRig trial(String... keysAndValues) {
        PromotionRig rig = rig(keysAndValues);
        rig.version(0.8);
        rig.version(0.8);
        return rig;
    }

    /** The rigs so far are closed already. */
    final void forget() {
        open.clear();
    }

    @AfterEach
    final void close() {
        open.forEach(PromotionRig::close);
    }
}
