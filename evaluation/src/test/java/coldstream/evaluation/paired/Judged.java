package coldstream.evaluation.paired;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A positive and its negatives as two arms predicted them: the positive's logit first. */
final class Judged {

    private final String user;
    private final float[] arm;
    private final float[] baseline;

    private static final int NEGATIVES = 2;

    Judged(String user, float[] arm, float[] baseline) {
        this.user = user;
        this.arm = arm;
        this.baseline = baseline;
    }

    String user() {
        return user;
    }

    float[] arm() {
        return arm;
    }

    float[] baseline() {
        return baseline;
    }

    /**
     * Users with between one and ten events each. Some users are easy to predict and some are not, for either arm in its own
     * way, so a user's rows have much in common.
     *
     * @param arm by how much the arm puts a positive above a negative, in deviations
     * @param baseline the same of the baseline
     */
    static List<Judged> stream(SplittableRandom random, int users, double arm, double baseline) {
        List<Judged> events = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            double armEase = arm + normal(random);
            double baselineEase = baseline + normal(random);
            for (int left = random.nextInt(1, 11); left > 0; left--) {
                events.add(new Judged("user" + user, rows(random, armEase), rows(random, baselineEase)));
            }
        }
        return events;
    }

    /** Events of as many users, the same every time. */
    static List<Judged> block(int events) {
        return IntStream.range(0, events)
                .mapToObj(k -> new Judged("user" + k, new float[] {1, 0, 0}, new float[] {0, 1, 0}))
                .toList();
    }

    private static float[] rows(SplittableRandom random, double ease) {
        float[] logits = new float[1 + NEGATIVES];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) (Math.rint(10 * (normal(random) + (k == 0 ? ease : 0))) / 10); // some tie
        }
        return logits;
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    static List<ScoredEvent> events(List<Judged> judged) {
        return judged.stream().map(Judged::event).toList();
    }

    static List<float[]> arms(List<Judged> judged) {
        return judged.stream().map(Judged::arm).toList();
    }

    static List<float[]> baselines(List<Judged> judged) {
        return judged.stream().map(Judged::baseline).toList();
    }

    private ScoredEvent event() {
        var sample = new Sample(
                "test|1",
                new UserId(user),
                new ItemId("own"),
                1,
                OptionalDouble.empty(),
                1,
                List.of(),
                5,
                10,
                false,
                false,
                Instant.EPOCH,
                Instant.EPOCH);
        List<Negative> negatives = IntStream.range(1, arm.length)
                .mapToObj(k -> new Negative(new ItemId("other" + k), arm[k], false))
                .toList();
        return new ScoredEvent(sample, arm[0], negatives, true);
    }
}
