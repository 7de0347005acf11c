package coldstream.ingest;

import static coldstream.domain.Check.check;

import coldstream.domain.LabelRules;
import coldstream.domain.LabelRules.Kind;
import coldstream.domain.LabelRules.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Label rules as they are set: {@code implicit} or {@code explicit}, and rules for single types on top, such as
 * {@code share=positive:2}, {@code dwell=rating:30} or {@code view=impression}.
 */
final class LabelSetting {

    private static final Pattern FORM = Pattern.compile("([^=]+)=(impression|positive|rating)(?::(\\d+(?:\\.\\d+)?))?");

    /** Where the rules start from. */
    enum Labels {
        /** Every interaction but an impression is a positive. */
        IMPLICIT,
        /** A rating is a positive from 4 on. */
        EXPLICIT
    }

    private LabelSetting() {}

    static LabelRules rules(Labels labels, List<String> types) {
        LabelRules base =
                switch (labels) {
                    case IMPLICIT -> LabelRules.IMPLICIT;
                    case EXPLICIT -> LabelRules.EXPLICIT;
                };
        Map<String, Rule> rules = new HashMap<>(base.rules());
        for (String type : types) {
            Matcher matcher = FORM.matcher(type);
            check(
                    matcher.matches(),
                    "ingest.event-types must hold type=impression, type=positive:strength or type=rating:threshold, got %s",
                    type);
            double number = matcher.group(3) == null ? 1 : Double.parseDouble(matcher.group(3));
            rules.put(
                    matcher.group(1),
                    switch (matcher.group(2)) {
                        case "impression" -> new Rule(Kind.IMPRESSION, 0, 0);
                        case "positive" -> new Rule(Kind.POSITIVE, number, 0);
                        default -> new Rule(Kind.RATING, 0, number);
                    });
        }
        return new LabelRules(rules);
    }
}
