package coldstream.app.evaluate.drift;

import coldstream.monitor.action.ActionConfig;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SettingsException;
import coldstream.trainer.watch.WatchConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the stream is watched and what is done about alarms: the product's own settings, with its own defaults.
 *
 * @param watch of the trainer
 * @param actions of whoever hears of alarms
 */
record MonitorSettings(WatchConfig watch, ActionConfig actions) {

    /**
     * Reads them.
     *
     * @param values by key, such as {@code trainer.watch.window}; what is not there is the default
     * @throws IllegalArgumentException naming the key, the rule and the value
     */
    static MonitorSettings of(Map<String, String> values) {
        List<Setting<?>> declared = new ArrayList<>(WatchConfig.SETTINGS);
        declared.addAll(ActionConfig.SETTINGS);
        try {
            Settings settings = Settings.of(declared, values);
            return new MonitorSettings(WatchConfig.from(settings), ActionConfig.from(settings));
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
