package coldstream.trainer.watch;

import coldstream.domain.DriftAlert;
import coldstream.domain.Evidence;
import coldstream.monitor.Alarm;
import coldstream.monitor.AlarmListener;
import coldstream.monitor.Place;
import coldstream.monitor.Reading;
import coldstream.monitor.Reference;
import coldstream.trainer.watch.DriftReport.Compared;
import coldstream.trainer.watch.DriftReport.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer's watch: sees every step that is applied, is compared with the champion, and tells alarms. It changes nothing that is
 * learnt, and where it fails learning goes on. Thread-safe.
 */
public final class TrainerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainerWatch.class);

    private final String model;
    private final StreamWatch stream;
    private final OpenAlarms file;
    private final AlarmListener listener;
    private final Supplier<List<DriftAlert>> alerts;
    private final Supplier<Optional<String>> published;
    private final WatchMetrics metrics;
    private final ChampionFollower follower;
    private Compared compared = new Compared(Source.OWN_PAST, Optional.empty(), 0);
    private Map<String, Long> windowFrom = Map.of();
    private boolean broken;

    /**
     * @param folder its own on this disk, for what is open
     * @param listener hears of alarms, on the thread that learns
     * @param alerts what became of the open ones
     * @param published newest version of this trainer; empty before the first
     */
    public TrainerWatch(
            String model,
            WatchConfig config,
            ChampionSource champions,
            Path folder,
            AlarmListener listener,
            Supplier<List<DriftAlert>> alerts,
            Supplier<Optional<String>> published,
            MeterRegistry meters) {
        this.model = model;
        this.listener = listener;
        this.alerts = alerts;
        this.published = published;
        stream = new StreamWatch(config);
        file = new OpenAlarms(folder);
        metrics = new WatchMetrics(meters, StreamWatch.plans());
        follower = new ChampionFollower(champions, config.poll(), this::champion);
    }

    /** Goes on from what a snapshot says it learnt from, and from the alarms open on this disk; begins to ask for the champion. */
    public synchronized void start(Optional<Path> snapshot) {
        Reference learnt = snapshot.flatMap(SnapshotSignals::read).orElseGet(Reference::none);
        stream.watch().resume(learnt, file.read());
        follower.start();
    }

    private synchronized void champion(String version, Optional<Reference> reference) {
        if (reference.isPresent()) {
            stream.watch().compareWith(version, reference.get());
            compared = new Compared(
                    Source.CHAMPION, Optional.of(version), reference.get().samples());
        } else {
            stream.watch().compareWithOwnPast();
            compared = new Compared(Source.CHAMPION_SAYS_NOTHING, Optional.of(version), 0);
        }
    }

    /**
     * Sees a step.
     *
     * @param from next offset to read before it, by {@code topic-partition}
     * @param to the same behind it
     */
    public synchronized void applied(StreamWatch.Applied step, Map<String, Long> from, Map<String, Long> to) {
        long begin = System.nanoTime();
        try {
            if (windowFrom.isEmpty()) {
                windowFrom = from;
            }
            if (stream.applied(
                    step, changed -> tell(changed, Place.of(model, step.number(), published.get(), windowFrom, to)))) {
                windowFrom = to;
                metrics.tested(stream.watch().readings());
            }
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            metrics.took(System.nanoTime() - begin);
        }
    }

    private void tell(List<Alarm> changed, Place place) {
        file.write(stream.watch().open()); // before anybody hears of it: a restart then says it again, as the same
        for (Alarm alarm : changed) {
            LOG.atWarn()
                    .addKeyValue("signal", alarm.signal())
                    .addKeyValue("open", alarm.open())
                    .addKeyValue("step", place.step())
                    .addKeyValue("what", alarm.message())
                    .log("drift");
            listener.changed(alarm, place);
        }
    }

    private void failed(RuntimeException e) {
        metrics.failed();
        if (!broken) {
            LOG.atError().setCause(e).log("step not watched, learning goes on");
        }
        broken = true;
    }

    /** What a step that is not repeated found: seconds from ingest to learning, and records that wait. */
    public synchronized void fresh(double seconds, long records) {
        stream.fresh(seconds, records);
    }

    /** What the judge found. */
    public synchronized void judged(List<Evidence> evidence) {
        stream.judged(evidence);
    }

    /** What was learnt of late, for the file of a snapshot. */
    public synchronized byte[] learnt() {
        return stream.watch().learnt().write();
    }

    /** What is seen now. */
    public DriftReport report() {
        List<DriftAlert> open = alerts.get();
        synchronized (this) {
            List<Reading> readings = stream.watch().readings();
            return new DriftReport(
                    model,
                    true,
                    compared,
                    readings.stream().map(DriftReport.Row::of).toList(),
                    open);
        }
    }

    /** Alarms that are open. */
    public synchronized List<Alarm> open() {
        return stream.watch().open();
    }

    @Override
    public void close() {
        follower.close();
        metrics.close();
    }
}
