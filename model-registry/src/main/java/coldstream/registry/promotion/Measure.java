package coldstream.registry.promotion;

import java.util.Locale;

/** What an arm is held to beside a baseline. */
enum Measure {
    /** How much smaller the area under the ROC curve may be. */
    AUC,
    /** How much larger the logistic loss may be, nats per row. */
    LOGLOSS,
    /** Least calibration ratio. */
    CALIBRATION_LOW,
    /** Largest calibration ratio. */
    CALIBRATION_HIGH;

    /** As it is written in settings. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
