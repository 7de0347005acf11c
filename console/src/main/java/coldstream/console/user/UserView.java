package coldstream.console.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of a user, as far as the parts that know it answered.
 *
 * @param known whether anything is kept of the user
 * @param strategy of the recommendations
 * @param degraded whether serving answered without what is kept of the user
 * @param recommendations as served, best first
 * @param guidance what the language model's signal did to them
 * @param problems parts that did not answer
 */
public record UserView(
        String user,
        Instant time,
        boolean known,
        Optional<State> state,
        Optional<List<Stored>> storedScores,
        Optional<Profile> profile,
        Optional<Model> model,
        Optional<String> strategy,
        Optional<Boolean> degraded,
        Optional<List<Recommended>> recommendations,
        Optional<Guidance> guidance,
        List<Problem> problems) {

    /** What serving knows; the history newest last. */
    public record State(long count, long negatives, List<Titled> history) {}

    /** An item; its title where somebody announced it. */
    public record Titled(String item, Optional<String> title) {}

    /** A score that a language model gave. */
    public record Stored(
            String item,
            Optional<String> title,
            double score,
            String request,
            String model,
            Instant scoredAt,
            double ageSeconds) {}

    /** What a language model wrote of the user. */
    public record Profile(
            String text,
            String model,
            String promptVersion,
            String encoder,
            long historyVersion,
            Instant writtenAt,
            double ageSeconds) {}

    /** What answered, and how far it has learnt. */
    public record Model(String name, String version, long epoch, long samples) {}

    /**
     * An item that is recommended, and why.
     *
     * @param rankWithoutGuidance among the items compared, if the language model's signal were not added
     * @param score the logit
     * @param guidance what the signal adds to it
     * @param storedScore of the language model, in [0, 1]
     * @param fields what each field moves the score by
     * @param history what each history item moves the score by
     */
    public record Recommended(
            int rank,
            Optional<Integer> rankWithoutGuidance,
            String item,
            Optional<String> title,
            List<String> categories,
            double score,
            Optional<Double> probability,
            Optional<Double> guidance,
            Optional<Double> scoreWithoutGuidance,
            Optional<Double> storedScore,
            List<Field> fields,
            List<Taken> history) {}

    public record Field(String field, double moved) {}

    public record Taken(String item, Optional<String> title, double moved) {}

    /**
     * @param compared items: those recommended, and those with the best stored scores
     * @param moved of those shown, how many would have another place without the signal
     * @param by how it was found
     */
    public record Guidance(int compared, int moved, String by) {}

    /** A part that did not answer. */
    public record Problem(String part, String message) {}
}
