package coldstream.app.evaluate.protocol;

import static coldstream.domain.Check.check;

import coldstream.trainer.learning.LearnerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * One way of learning that is compared with others.
 *
 * @param settings {@value #TEACHER}, {@value #ITEM_ROWS} and knobs of the learner by name, put in reading order;
 *     {@value #BACKBONE}, {@value #GUIDANCE}, {@value #GATE} and {@value #ITEM_ROWS} are always there
 */
public record Arm(Map<String, String> settings) {

    static final String BACKBONE = "backbone";
    static final String GUIDANCE = "guidance";
    static final String GATE = "gate";
    static final String UNCERTAINTY = "uncertainty";
    static final String ITEM_ROWS = "item-rows";
    static final String TEACHER = "teacher";

    private static final List<String> READING_ORDER =
            List.of(BACKBONE, GUIDANCE, GATE, UNCERTAINTY, ITEM_ROWS, TEACHER);

    /** Age of the language model's answers when they are heard of, in days. */
    static final String SCORE_AGE = "score-age";

    /** Share of the requests that are answered. */
    static final String CALLS = "calls";

    /** Arms of the guidance that are told scores of candidates. */
    private static final Set<String> READ_SCORES =
            Set.of("s-llmr", "pointwise-mse", "pointwise-bce", "residual", "teacher-field");

    /** Settings of the peer {@value #VW}, in its own words. */
    public static final String VW = "vw";

    /** The teacher where none is named: the text encoder's vectors. */
    public static final String ENCODER = "encoder";

    public Arm {
        for (String name : List.of(BACKBONE, GUIDANCE, GATE, ITEM_ROWS)) {
            check(settings.containsKey(name), "an arm must name its %s, got %s", name, settings.keySet());
        }
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String name : READING_ORDER) {
            if (settings.containsKey(name)) {
                ordered.put(name, Objects.requireNonNull(settings.get(name)));
            }
        }
        ordered.putAll(settings);
        settings = Collections.unmodifiableMap(ordered);
    }

    public String backbone() {
        return get(BACKBONE);
    }

    public String guidance() {
        return get(GUIDANCE);
    }

    public String gate() {
        return get(GATE);
    }

    public String itemRows() {
        return get(ITEM_ROWS);
    }

    /** Whose vectors and scores the learner is given. */
    public String teacher() {
        return settings.getOrDefault(TEACHER, ENCODER);
    }

    /** Whether this is another product's learner, named instead of a backbone; only its own settings count. */
    public boolean peer() {
        return backbone().equals(VW);
    }

    /** A peer's settings; empty where its own are to be used. */
    public Optional<String> peerSettings() {
        return Optional.ofNullable(settings.get(VW));
    }

    private String get(String name) {
        return Objects.requireNonNull(settings.get(name));
    }

    /** Whether the learner asks a teacher for scores. */
    public boolean guided() {
        return !peer() && !guidance().equals("none");
    }

    /** Whether scores of candidates reach the learner. */
    public boolean readsScores() {
        return guided() && Arrays.stream(guidance().split("\\+", -1)).anyMatch(READ_SCORES::contains);
    }

    /** Whether profiles of users reach the learner. */
    public boolean readsProfiles() {
        return guided() && List.of(guidance().split("\\+", -1)).contains("profile");
    }

    /** How old answers are when they are heard of, at least. */
    public Duration scoreAge() {
        return Duration.ofSeconds((long) (86_400 * number(SCORE_AGE, "0", 0, 36_500)));
    }

    /** Share of the requests that are answered. */
    public double calls() {
        return number(CALLS, "1", 0, 1);
    }

    private double number(String name, String byDefault, double least, double most) {
        String text = settings.getOrDefault(name, byDefault);
        try {
            double value = Double.parseDouble(text);
            check(value >= least && value <= most, "%s must be %s to %s, got %s", name, least, most, text);
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got " + text, e);
        }
    }

    /** Whether anything of the teacher reaches the learner. */
    public boolean taught() {
        return guided() || (!peer() && itemRows().equals("text"));
    }

    /** Whether what it is taught knows the future. */
    public boolean leaks() {
        return taught() && teacher().equals("oracle");
    }

    /** The same arm with a setting changed or added. */
    public Arm with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(name, value);
        return new Arm(changed);
    }

    /** The same arm without guidance: what the guidance is to be compared with. */
    public Arm unguided() {
        return with(GUIDANCE, "none");
    }

    /** Whether both come to the same. */
    public boolean same(Arm other) {
        return effective().equals(other.effective());
    }

    /** The learner's configuration; a value out of bounds is refused here. */
    public LearnerConfig config(long seed, long warmUp, String labels) {
        Map<String, String> knobs = new HashMap<>(settings);
        knobs.remove(TEACHER);
        knobs.remove(ITEM_ROWS);
        knobs.remove(VW);
        knobs.remove(SCORE_AGE);
        knobs.remove(CALLS);
        knobs.put("item-row-start", itemRows());
        if (peer()) {
            knobs.keySet().removeAll(Set.of(BACKBONE, GUIDANCE, GATE, UNCERTAINTY, "item-row-start"));
        }
        knobs.put("labels", labels);
        knobs.put("seed", Long.toString(seed));
        knobs.put("warm-up", Long.toString(warmUp));
        return LearnerConfig.of(knobs);
    }

    /** What decides the outcome: without guidance there is no gate, and without a use of it no teacher. */
    Map<String, String> effective() {
        Map<String, String> found = new HashMap<>(settings);
        if (peer()) {
            found.keySet().retainAll(Set.of(BACKBONE, VW));
        }
        if (!guided()) {
            found.remove(GATE);
            found.remove(UNCERTAINTY);
            found.remove(SCORE_AGE);
            found.remove(CALLS);
        }
        found.put(TEACHER, taught() ? teacher() : "");
        return found;
    }

    /** The settings that these arms do not all share; of a single arm its guidance. */
    public static List<String> differences(List<Arm> arms) {
        if (arms.size() == 1) {
            return List.of(GUIDANCE);
        }
        List<String> names = new ArrayList<>();
        arms.forEach(arm -> arm.settings.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(names::add));
        names.removeIf(
                name -> arms.stream().map(arm -> arm.shown(name)).distinct().count() == 1);
        return names;
    }

    /** Such as {@code s-llmr+residual, random teacher}: these settings, for people. */
    public String describe(List<String> names) {
        var text = new StringJoiner(", ");
        for (String name : names) {
            String value = shown(name);
            if (!value.isEmpty()) {
                text.add(value);
            }
        }
        return text.length() == 0 ? toString() : text.toString();
    }

    private String shown(String name) {
        if (!effective().containsKey(name) && !name.equals(TEACHER)) {
            return "";
        }
        return switch (name) {
            case BACKBONE, GUIDANCE, GATE, VW -> get(name);
            case SCORE_AGE -> get(name) + " days old";
            case UNCERTAINTY -> "q " + get(name);
            case ITEM_ROWS -> itemRows() + " rows";
            case TEACHER -> !taught() ? "" : marked() + " teacher";
            default -> name + "=" + get(name);
        };
    }

    /** The teacher, with a warning where it knows the future. */
    private String marked() {
        return leaks() ? "oracle (LEAKS THE FUTURE)" : teacher();
    }

    /** Such as {@code dcnv2, s-llmr+residual, reliability, text rows, encoder teacher}. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ");
        settings.keySet().stream()
                .map(this::shown)
                .filter(value -> !value.isEmpty())
                .forEach(text::add);
        return text.toString();
    }
}
