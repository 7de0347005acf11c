package coldstream.app.evaluate.drift;

import coldstream.app.evaluate.prequential.LocalIngest;
import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.worker.Work.Progress;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.evaluation.EventScores;
import coldstream.evaluation.PairedBootstrap;
import coldstream.evaluation.Stratum;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One stream, learnt with one remedy at hand: every event is predicted, then learnt, and watched. */
final class RemedyRun implements AutoCloseable {

    private static final int MICRO_BATCH = 128;

    /** Events that pass before an answer reaches the learner. */
    private static final int DELAY = 200;

    private static final long PAUSE = Duration.ofMillis(500).toNanos();

    private final DriftJob job;
    private final Remedy remedy;
    private final LocalIngest ingest;
    private final Optional<Teacher> teacher;
    private final OnlineLearner learner;
    private final Remedies remedies;
    private final ProductWatch product;
    private final List<Watcher> watchers;
    private final Onlooker onlooker;
    private final int warmUp;
    private final int from;
    private final EventScores after = new EventScores();
    private final EventScores whole = new EventScores();
    private final List<Raised> raised = new ArrayList<>();
    private final Deque<Underway> underway = new ArrayDeque<>();
    private int event;
    private Instant now = Instant.MIN;
    private long next = System.nanoTime();

    private record Underway(int due, SoftScores answer) {}

    /** @param from number of the first event that the remedies are judged by */
    RemedyRun(
            DriftJob job,
            Remedy remedy,
            List<Item> items,
            LocalIngest ingest,
            Optional<Teacher> teacher,
            int warmUp,
            int from,
            Onlooker onlooker) {
        this.job = job;
        this.remedy = remedy;
        this.ingest = ingest;
        this.teacher = teacher;
        this.warmUp = warmUp;
        this.from = from;
        learner = new OnlineLearner(job.arm().config(job.seed(), 0, job.labels()));
        items.forEach(learner::item);
        teacher.ifPresent(one -> one.vectors().forEach(learner::vector));
        MonitorSettings settings = MonitorSettings.of(job.watch());
        remedies = new Remedies(remedy, settings.actions(), learner, this::askAgain);
        product = new ProductWatch(settings, onlooker);
        watchers = List.of(product, new SingleDetectors(job.seed()));
        this.onlooker = onlooker;
    }

    /** Whether the product acts on it. */
    static boolean leadsToAction(Raised raised, int warmUp) {
        return raised.event() > warmUp && !raised.detector().startsWith(SingleDetectors.ALONE);
    }

    ArmOutcome over(List<Interaction> events, Progress progress) throws InterruptedException {
        for (int start = 0; start < events.size(); start += MICRO_BATCH) {
            step(events.subList(start, Math.min(events.size(), start + MICRO_BATCH)));
            if (System.nanoTime() >= next) {
                next = System.nanoTime() + PAUSE;
                progress.at((double) event / events.size(), "%d raised".formatted(raised.size()));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the run was interrupted");
            }
        }
        onlooker.finished(whole, product.watch(), product.champion());
        double[] overTime = whole.overTime(Stratum.OVERALL, job.spans());
        return new ArmOutcome(
                remedy.key(),
                raised,
                remedies.done(),
                after.areas(PairedBootstrap.DEFAULT),
                Arrays.stream(overTime).boxed().toList());
    }

    private void step(List<Interaction> arriving) {
        List<Sample> batch = new ArrayList<>();
        List<SoftScores> answered = answered();
        for (Interaction interaction : arriving) {
            LocalIngest.Outcome outcome = ingest.accept(interaction);
            teacher.ifPresent(one -> outcome.ask(one).forEach(this::later));
            batch.add(outcome.sample());
            remedies.seen(outcome.sample().user());
            now = outcome.sample().ingestTime();
        }
        answered.forEach(learner::scores);
        StepResult result = learner.step(batch);
        int first = event + 1;
        event += batch.size();
        count(first, result.events());
        var step = new Watcher.Step(event, now, batch, answered, result, learner);
        for (Watcher watcher : watchers) {
            for (Raised one : watcher.step(step)) {
                raised.add(one);
                if (leadsToAction(one, warmUp)) {
                    remedies.on(one);
                }
            }
        }
    }

    private void count(int first, List<ScoredEvent> events) {
        for (int place = 0; place < events.size(); place++) {
            whole.add(events.get(place));
            if (first + place >= from) {
                after.add(events.get(place));
            }
        }
    }

    private List<SoftScores> answered() {
        List<SoftScores> answered = new ArrayList<>();
        while (!underway.isEmpty() && underway.element().due() <= event) {
            answered.add(underway.remove().answer());
        }
        return answered;
    }

    private void later(SoftScores answer) {
        underway.add(new Underway(event + DELAY, answer));
    }

    private void askAgain(UserId user) {
        teacher.ifPresent(one -> ingest.askAgain(user).flatMap(one::answer).ifPresent(this::later));
    }

    @Override
    public void close() {
        learner.close();
    }
}
