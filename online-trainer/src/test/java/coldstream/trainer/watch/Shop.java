package coldstream.trainer.watch;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.monitor.Alarm;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Steps of a stream whose properties are set by hand, and a watch that sees them. */
final class Shop {

    static final int STEP = 100;

    final StreamWatch watch = new StreamWatch(WatchConfig.DEFAULT);
    private final Random random = new Random(4);
    private long step;
    private long samples;
    private double millis;

    int history = 8;
    int items = 100;
    double newItems = 0.05;
    double skill = 1.5;
    double secondsBetween = 0.1;
    double behind = 0;
    String category = "drama";
    double agreement = 0.8;
    double residualTrust = 0.4;

    /** Chance that an answer puts what is taken next above all others; below 0 nobody is asked. */
    double rightly = -1;

    private GateReport gate() {
        var cell = new GateReport.Cell(0.5, agreement, agreement - 0.02, agreement + 0.02, 500, 100);
        return new GateReport(
                "reliability",
                "confidence",
                List.of(),
                0,
                Map.of(),
                Map.of("cold_tail", cell),
                500,
                100,
                GateReport.Dose.NONE,
                Map.of("history_1_head", residualTrust));
    }

    private Sample sample() {
        millis += 1_000 * secondsBetween;
        Instant at = Instant.EPOCH.plusMillis((long) millis);
        int length = Math.max(0, Math.min(Sample.MAX_HISTORY, (int) (history + 3 * random.nextGaussian())));
        long count = random.nextDouble() < newItems ? 0 : 1 + (long) (samples * Math.exp(random.nextGaussian()) / 10);
        samples++;
        return new Sample(
                "shop|" + samples,
                new UserId("u" + random.nextInt(300)),
                new ItemId("i" + random.nextInt(items)),
                1,
                OptionalDouble.empty(),
                1,
                Collections.nCopies(length, new ItemId("i")),
                length,
                count,
                length <= 3,
                random.nextDouble() < 0.2,
                at.minusMillis((long) (1_000 * behind * random.nextDouble())),
                at);
    }

    private ScoredEvent event(Sample sample) {
        List<ScoredEvent.Negative> negatives = List.of(
                new ScoredEvent.Negative(new ItemId("n"), -1 + random.nextGaussian(), false),
                new ScoredEvent.Negative(new ItemId("m"), -1 + random.nextGaussian(), false));
        return new ScoredEvent(sample, -1 + skill + random.nextGaussian(), negatives, true);
    }

    /** Of a user's next event, made before it: nine items besides the one that is taken. */
    private SoftScores answer(Sample next) {
        List<SoftScores.ItemScore> scores = new ArrayList<>();
        for (int other = 0; other < 9; other++) {
            scores.add(new SoftScores.ItemScore(new ItemId("other" + other), 0.9 * random.nextDouble()));
        }
        double own = random.nextDouble() < rightly ? 0.95 : 0.9 * random.nextDouble();
        scores.add(new SoftScores.ItemScore(next.item(), own));
        return new SoftScores(
                next.user() + "|" + samples,
                next.user(),
                scores,
                Optional.empty(),
                "model",
                "v1",
                1,
                next.ingestTime(),
                0,
                next.eventTime().minusSeconds(1));
    }

    /** So many of the next samples. */
    List<Sample> someSamples(int count) {
        List<Sample> some = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            some.add(sample());
        }
        return some;
    }

    /** Lets so many thousand samples pass. */
    List<Alarm> thousands(int count, boolean again) {
        List<Alarm> changed = new ArrayList<>();
        for (int k = 0; k < count * 1_000 / STEP; k++) {
            List<Sample> batch = new ArrayList<>();
            List<ScoredEvent> events = new ArrayList<>();
            for (int row = 0; row < STEP; row++) {
                Sample sample = sample();
                batch.add(sample);
                events.add(event(sample));
            }
            List<SoftScores> answers = new ArrayList<>();
            if (rightly >= 0) {
                batch.subList(0, STEP / 4).forEach(sample -> answers.add(answer(sample)));
            }
            step++;
            changed.addAll(watch.applied(new StreamWatch.Applied(
                    step,
                    again,
                    batch,
                    answers,
                    Optional.of(new StepResult(step, events, StepResult.Statistics.NONE)),
                    this::gate,
                    item -> category.hashCode() & 31)));
        }
        return changed;
    }

    List<Alarm> thousands(int count) {
        return thousands(count, false);
    }
}
