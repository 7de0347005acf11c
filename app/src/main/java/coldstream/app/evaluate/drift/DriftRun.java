package coldstream.app.evaluate.drift;

import coldstream.app.dataset.Change;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.SimulatedShop;
import coldstream.app.evaluate.prequential.LocalIngest;
import coldstream.app.evaluate.prequential.TextTeacher;
import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.teacher.Teachers;
import coldstream.app.evaluate.teacher.Worsening;
import coldstream.app.evaluate.worker.Work.Progress;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.monitor.action.ActionConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One stream, learnt once for each remedy. */
final class DriftRun {

    /** Share of the stream after which what is raised counts. */
    static final double WARM_UP = 0.2;

    private static final double AUDIT_RATE = 0.02;

    private final DriftJob job;
    private final Progress progress;
    private final Onlooker onlooker;
    private final DataSet data;
    private final List<Item> items;
    private final List<Interaction> events;
    private final Optional<Change> change;
    private final Supplier<Teacher> teacher;

    private DriftRun(DriftJob job, Progress progress, Onlooker onlooker) {
        this.job = job;
        this.progress = progress;
        this.onlooker = onlooker;
        data = job.dataSet();
        items = all(data.items());
        events = all(data.interactions().limit(job.limit()));
        change = data instanceof SimulatedShop shop ? Change.of(shop).stream().findFirst() : Optional.empty();
        List<ItemVector> texts = job.arm().taught() && job.arm().teacher().equals("random") ? List.of() : texts(items);
        teacher = () -> Worsening.of(
                Teachers.of(job.arm().teacher(), items, () -> texts, events::stream, job.labelRules()), data);
    }

    static StreamOutcome of(DriftJob job, Progress progress) throws InterruptedException {
        return of(job, progress, Onlooker.NOBODY);
    }

    /** @param onlooker of every remedy */
    static StreamOutcome of(DriftJob job, Progress progress, Onlooker onlooker) throws InterruptedException {
        return new DriftRun(job, progress, onlooker).run();
    }

    private List<ItemVector> texts(List<Item> of) {
        return job.arm().taught() ? TextTeacher.vectors(of, news -> progress.at(0, news)) : List.of();
    }

    private static <T> List<T> all(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    private StreamOutcome run() throws InterruptedException {
        int warmUp = (int) (WARM_UP * events.size());
        int from = change.map(Change::firstEvent).orElse(events.size() / 2 + 1);
        List<ArmOutcome> arms = new ArrayList<>();
        for (String name : job.remedies()) {
            Remedy remedy = Remedy.parse(name);
            double share = (double) arms.size() / job.remedies().size();
            if (!arms.isEmpty() && !acts(remedy, arms.get(0), warmUp)) {
                arms.add(unchanged(name, arms.get(0)));
                continue;
            }
            Optional<Teacher> asked = job.arm().taught() ? Optional.of(teacher.get()) : Optional.empty();
            var ingest = new LocalIngest(job.labelRules(), AUDIT_RATE);
            try (var arm = new RemedyRun(job, remedy, items, ingest, asked, warmUp, from, onlooker)) {
                arms.add(arm.over(
                        events,
                        (done, news) ->
                                progress.at(share + done / job.remedies().size(), name + ": " + news)));
            }
        }
        List<Instant> spanEnds = IntStream.rangeClosed(1, job.spans())
                .mapToObj(span -> time((int) ((long) events.size() * span / job.spans()) - 1))
                .toList();
        return new StreamOutcome(
                events.size(),
                warmUp,
                time(0),
                time(warmUp),
                time(events.size() - 1),
                change,
                arms,
                spanEnds,
                Months.facts(events),
                Months.of(events));
    }

    /** Without an alarm that it is about a remedy does nothing. */
    private boolean acts(Remedy remedy, ArmOutcome nothing, int warmUp) {
        ActionConfig actions = MonitorSettings.of(job.watch()).actions();
        return nothing.raised().stream()
                .filter(raised -> RemedyRun.leadsToAction(raised, warmUp))
                .anyMatch(raised -> !remedy.about(raised, actions).isEmpty());
    }

    private static ArmOutcome unchanged(String remedy, ArmOutcome nothing) {
        return new ArmOutcome(remedy, nothing.raised(), List.of(), nothing.after(), nothing.overTime());
    }

    private Instant time(int place) {
        return events.get(place).timestamp();
    }
}
