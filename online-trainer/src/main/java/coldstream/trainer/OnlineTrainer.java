package coldstream.trainer;

import coldstream.service.RunningService;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.trainer.in.MismatchException;
import coldstream.trainer.watch.DriftReport;
import coldstream.wire.Directive;
import coldstream.wire.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The process that learns. It continues from its newest snapshot, repeats the steps its journal holds since then, and goes
 * on; a sample is never lost and never trained twice.
 *
 * <p>What runs is built at {@link #start()}, which fails in one line where snapshot, journal, topics and settings do not
 * belong together.
 */
public final class OnlineTrainer implements RunningService {

    private final TrainerPlan plan;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable RunningTrainer> running = new AtomicReference<>();

    OnlineTrainer(TrainerPlan plan) {
        this.plan = plan;
    }

    /** The trainer these settings describe, not started. */
    public static OnlineTrainer create(Settings settings, MeterRegistry meters) {
        return new OnlineTrainer(TrainerPlan.from(settings, meters));
    }

    /** Everything that can be set. */
    public static List<Setting<?>> settings() {
        return TrainerPlan.settings();
    }

    @Override
    public void start() {
        if (closed.get() || !started.compareAndSet(false, true)) {
            throw new IllegalStateException("a trainer must be started once");
        }
        ServiceHttp http = http(); // first, so that a port in use disturbs no trainer that runs
        try {
            start(http);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private void start(ServiceHttp http) {
        var trainer = new RunningTrainer(plan, http, InstantSource.system());
        running.set(trainer);
        trainer.begin();
        if (closed.get()) { // while this was starting
            stop();
        }
    }

    private ServiceHttp http() {
        TrainerConfig config = plan.config();
        var directives = new DirectiveHttp(plan.token(), ServiceHttp.isLoopback(config.bindAddress()), this::direct);
        return ServiceHttp.builder(config.bindAddress(), config.port(), plan.meters())
                .live("training", () -> alive(failure()))
                .ready("training", this::ready)
                .routes(directives::addTo)
                .routes(app -> app.get("/v1/status", context -> context.contentType("application/json")
                        .result(Json.write(status()))))
                .routes(app -> app.get("/v1/drift", context -> context.contentType("application/json")
                        .result(Json.write(drift()))))
                .start();
    }

    /** Has the next new step do something first; false if it cannot now. */
    boolean direct(Directive directive) {
        RunningTrainer trainer = running.get();
        return trainer != null && trainer.loop().direct(directive);
    }

    /** Where the trainer stands now. */
    public TrainerStatus status() {
        return trainer().status();
    }

    /** What the watch sees now. */
    public DriftReport drift() {
        return trainer().drift();
    }

    /** Samples trained so far, over all runs of the model; cheaper than {@link #status()}. */
    public long samplesTrained() {
        return trainer().samples();
    }

    /** The port of health, metrics and status. */
    public int port() {
        return trainer().http().port();
    }

    @Override
    public boolean ready() {
        RunningTrainer trainer = running.get();
        return trainer != null && trainer.loop().ready();
    }

    /** Why training stopped by itself, if it did. */
    public Optional<Throwable> failure() {
        RunningTrainer trainer = running.get();
        return trainer == null ? Optional.empty() : trainer.loop().failure();
    }

    /**
     * Whether a new process would do no better. One that was replaced must not come back and replace the other, and what does
     * not belong together does not after a restart either.
     */
    static boolean alive(Optional<Throwable> failure) {
        return failure.map(MismatchException.class::isInstance).orElse(true);
    }

    private RunningTrainer trainer() {
        RunningTrainer trainer = running.get();
        if (trainer == null) {
            throw new IllegalStateException("the trainer must be started first");
        }
        return trainer;
    }

    /** Stops as a crash would, for tests: no last snapshot, nothing settled. */
    void halt() {
        trainer().loop().halt();
        close();
    }

    @Override
    public void drain() {
        RunningTrainer trainer = running.get();
        if (trainer != null) {
            trainer.http().drain();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop();
        }
    }

    private void stop() {
        RunningTrainer trainer = running.getAndSet(null);
        if (trainer != null) {
            trainer.close();
        }
    }
}
