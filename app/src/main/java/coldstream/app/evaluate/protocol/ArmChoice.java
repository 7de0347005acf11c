package coldstream.app.evaluate.protocol;

import static coldstream.domain.Check.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arms a command line asks for.
 *
 * @param choices values by setting, in the order settings are read; a setting without a value is left to the learner
 */
record ArmChoice(Map<String, List<String>> choices) {

    /** Every combination, the last setting varying fastest; arms that come to the same are there once. */
    List<Arm> every(List<String> learner) {
        Map<String, List<String>> all = new LinkedHashMap<>(choices);
        learner.forEach(setting -> {
            String[] parts = parts(setting);
            all.put(parts[0], List.of(parts[1].split(",", -1)));
        });
        List<Map<String, String>> combined = List.of(Map.of());
        for (Map.Entry<String, List<String>> choice : all.entrySet()) {
            combined = combine(combined, choice);
        }
        return distinct(combined);
    }

    private static List<Map<String, String>> combine(
            List<Map<String, String>> before, Map.Entry<String, List<String>> choice) {
        if (choice.getValue().isEmpty()) {
            return before;
        }
        List<Map<String, String>> after = new ArrayList<>();
        for (Map<String, String> settings : before) {
            for (String value : choice.getValue()) {
                Map<String, String> one = new LinkedHashMap<>(settings);
                one.put(choice.getKey(), value);
                after.add(one);
            }
        }
        return after;
    }

    /** Exactly these; what one does not say is the first value of every choice. */
    List<Arm> named(List<String> arms, List<String> learner) {
        Arm first = every(learner).get(0);
        List<Map<String, String>> all = new ArrayList<>();
        for (String arm : arms) {
            Map<String, String> settings = new LinkedHashMap<>(first.settings());
            for (String setting : arm.split(",", -1)) {
                String[] parts = parts(setting);
                settings.put(parts[0], parts[1]);
            }
            all.add(settings);
        }
        return distinct(all);
    }

    private static List<Arm> distinct(List<Map<String, String>> combined) {
        Map<Map<String, String>, Arm> arms = new LinkedHashMap<>();
        combined.forEach(settings -> {
            Arm arm = new Arm(settings);
            arms.putIfAbsent(arm.effective(), arm);
        });
        return List.copyOf(arms.values());
    }

    private static String[] parts(String setting) {
        String[] parts = setting.split("=", 2);
        check(
                parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank(),
                "a setting must be NAME=VALUE, got %s",
                setting);
        return new String[] {parts[0].strip(), parts[1].strip()};
    }
}
