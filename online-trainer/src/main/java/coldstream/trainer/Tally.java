package coldstream.trainer;

import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.evaluation.Prequential;
import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.in.Step;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a model came to: how well they predicted, over all and since the last snapshot, what was counted, and the
 * times of what was read. Not thread-safe.
 */
final class Tally {

    /** The saved metrics within a snapshot. */
    static final String METRICS_FILE = "prequential.bin";

    /** What was skipped, within a snapshot. */
    static final String SKIPS_FILE = "skips.json";

    private final Prequential total;
    private Prequential window = new Prequential();
    private long samples;
    private long unreadable;
    private Skips skips = Skips.NONE;
    private @Nullable Instant llmWatermark;
    private @Nullable Instant oldestIngestTime;
    private @Nullable Instant newestIngestTime;
    private StepResult.@Nullable Statistics lastStep;

    /** Continues from a snapshot, or begins. */
    Tally(Optional<Stored> from) {
        if (from.isEmpty()) {
            total = new Prequential();
            return;
        }
        Path folder = from.get().folder();
        SnapshotManifest manifest = from.get().manifest();
        total = metrics(folder);
        skips = skips(folder);
        samples = manifest.samples();
        llmWatermark = manifest.llmWatermark().orElse(null);
        newestIngestTime = manifest.newestIngestTime().orElse(null);
    }

    /** What a snapshot says was skipped; nothing in one from before this was counted. */
    private static Skips skips(Path folder) {
        Path file = folder.resolve(SKIPS_FILE);
        try {
            return Files.exists(file) ? Json.read(Files.readAllBytes(file), Skips.class) : Skips.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Prequential metrics(Path folder) {
        try {
            return Prequential.restore(Files.readAllBytes(folder.resolve(METRICS_FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /**
     * Adds a step.
     *
     * @param before next offsets before it
     * @param result of its samples; empty without samples
     * @param refusals why, of every record it was applied without
     */
    void add(Step step, Map<String, Long> before, Optional<StepResult> result, List<String> refusals) {
        for (SoftScores scores : step.scores()) {
            llmWatermark = later(llmWatermark, scores.scoredAt());
        }
        for (TasteProfile profile : step.profiles()) {
            llmWatermark = later(llmWatermark, profile.writtenAt());
        }
        for (ScoredEvent event : result.map(StepResult::events).orElse(List.of())) {
            total.add(event);
            window.add(event);
        }
        Optional<String> skipped = result.flatMap(StepResult::skipped);
        if (result.isPresent() && skipped.isEmpty()) {
            lastStep = result.get().statistics();
        }
        for (Sample sample : step.samples()) {
            newestIngestTime = later(newestIngestTime, sample.ingestTime());
            oldestIngestTime = oldestIngestTime == null || sample.ingestTime().isBefore(oldestIngestTime)
                    ? sample.ingestTime()
                    : oldestIngestTime;
        }
        skips = skips.and(step, before, skipped, refusals);
        samples += skipped.isPresent() ? 0 : step.samples().size();
        unreadable += step.unreadable();
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    long samples() {
        return samples;
    }

    long unreadable() {
        return unreadable;
    }

    Skips skips() {
        return skips;
    }

    /** Of all samples since the warm-up. */
    Prequential total() {
        return total;
    }

    Optional<Instant> newestIngestTime() {
        return Optional.ofNullable(newestIngestTime);
    }

    /** Of the latest step that was learnt in this run. */
    Optional<StepResult.Statistics> lastStep() {
        return Optional.ofNullable(lastStep);
    }

    /** Holds what goes into files as it is now; what it returns writes them into a folder, on any thread. */
    Consumer<Path> files() {
        byte[] measured = total.save();
        byte[] skipped = Json.write(skips);
        return folder -> {
            write(folder.resolve(METRICS_FILE), measured);
            write(folder.resolve(SKIPS_FILE), skipped);
        };
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What a snapshot taken now says; it lists no files yet. */
    SnapshotManifest manifest(Identity identity, Optional<String> parent, StartingPoint place, Instant now) {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                identity.model(),
                parent,
                now,
                place.step(),
                place.journalOffset(),
                place.offsets(),
                Optional.ofNullable(llmWatermark),
                samples,
                Optional.ofNullable(oldestIngestTime),
                Optional.ofNullable(newestIngestTime),
                identity.seed(),
                identity.settings(),
                identity.configHash(),
                identity.codeCommit(),
                window.metrics(),
                total.metrics(),
                Map.of());
    }

    /** Ends the window of a snapshot and begins the next. */
    Prequential endWindow() {
        Prequential ended = window;
        window = new Prequential();
        oldestIngestTime = null;
        return ended;
    }

    /** A snapshot was lost: its window belongs to the next one again. */
    void reopen(Prequential ended, Optional<Instant> oldest) {
        window.merge(ended);
        oldestIngestTime = oldest.orElse(oldestIngestTime);
    }
}
