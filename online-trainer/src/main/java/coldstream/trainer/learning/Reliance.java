package coldstream.trainer.learning;

import coldstream.model.Signal;
import coldstream.model.Trust;
import java.util.Arrays;
import java.util.List;

/** How far a learner's predictions lean on the language model's signal, as of now. */
final class Reliance {

    private Reliance() {}

    static Trust of(OnlineLearner learner) {
        LearnerConfig config = learner.config();
        return config.guidance.signals()
                ? ofTexts(learner).with(new Trust.OfScores(learner.teacher.spread(), config.staleAfter))
                : ofTexts(learner);
    }

    /** The same, as far as texts go. */
    private static Trust ofTexts(OnlineLearner learner) {
        LearnerConfig config = learner.config();
        double calibration = calibration(config, learner.memory);
        if (!config.guidance.adds()) {
            return new Trust(calibration, List.of(), 0);
        }
        List<List<Double>> parts = Arrays.stream(learner.residual.trust())
                .map(part -> Arrays.stream(part).boxed().toList())
                .toList();
        int ofHistory = partsOfHistory(config);
        Trust.OfProfile ofProfile = ofHistory == parts.size()
                ? Trust.OfProfile.NONE
                : new Trust.OfProfile(parts.get(ofHistory), config.staleAfter);
        return new Trust(calibration, parts.subList(0, ofHistory), learner.memory.tail.threshold, ofProfile);
    }

    /** Parts of the signal, of those the history says, that the residual looks at. */
    static int partsOfHistory(LearnerConfig config) {
        boolean profileAlone = config.guidance.has(Guidance.Arm.PROFILE) && !config.guidance.has(Guidance.Arm.RESIDUAL);
        if (profileAlone) {
            return 0;
        }
        return config.residualBends ? Signal.PARTS : Signal.LINE;
    }

    /** What makes served probabilities those of the catalogue: the log of the sampling odds, or 0 if not asked for. */
    private static double calibration(LearnerConfig config, Memory memory) {
        return config.calibrates && config.draws && memory.candidates.seen.size() > 0
                ? StrictMath.log((double) config.negatives / memory.candidates.seen.size())
                : 0;
    }
}
