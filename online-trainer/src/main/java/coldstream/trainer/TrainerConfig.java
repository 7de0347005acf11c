package coldstream.trainer;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.trainer.learning.Knob;
import coldstream.trainer.learning.LearnerConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the trainer runs.
 *
 * @param batchSize samples at which a step ends, 1 to 100,000
 * @param linger after its first record a step ends anyway, at most a minute
 * @param snapshotSamples samples after which a snapshot is due, at least 1
 * @param snapshotInterval time after which one is due if anything was learnt, at least 1 s
 * @param deltaInterval between two epochs of deltas; 0 is none
 * @param mostSkips steps not learnt in a row at which learning stops, at least 1
 * @param keepJournal whether the journal keeps the steps that no restart from a snapshot needs
 * @param learner everything that decides what is learnt
 */
record TrainerConfig(
        String namespace,
        String model,
        URI registry,
        String bindAddress,
        int port,
        Path folder,
        int partitions,
        int replication,
        int batchSize,
        Duration linger,
        long snapshotSamples,
        Duration snapshotInterval,
        Duration deltaInterval,
        int mostSkips,
        boolean keepJournal,
        LearnerConfig learner) {

    static final Setting<Integer> BATCH_SIZE =
            Setting.ofInt("trainer.batch-size", 128, "samples", "samples at which a training step ends");

    static final Setting<Duration> LINGER = Setting.ofDuration(
            "trainer.linger", Duration.ofMillis(200), "a training step ends this long after its first record");

    static final Setting<Long> SNAPSHOT_SAMPLES =
            Setting.ofLong("trainer.snapshot-samples", 20_000, "samples", "samples after which a snapshot is taken");

    static final Setting<Duration> SNAPSHOT_INTERVAL = Setting.ofDuration(
            "trainer.snapshot-interval",
            Duration.ofSeconds(60),
            "time after which a snapshot is taken if anything was learnt");

    static final Setting<Duration> DELTA_INTERVAL = Setting.ofDuration(
            "trainer.delta-interval",
            Duration.ofSeconds(2),
            "between two times that what changed in the model is given to serving; 0s: snapshots alone");

    static final Setting<Integer> MOST_SKIPS = Setting.ofInt(
            "trainer.most-skips", 10, "steps", "steps not learnt in a row at which learning stops, not ready");

    static final Setting<Boolean> KEEP_JOURNAL = Setting.ofBoolean(
            "trainer.keep-journal",
            false,
            "keep the whole journal; else what is older than every kept snapshot is deleted");

    static final Setting<Optional<Secret>> TOKEN = Setting.ofSecret(
            "trainer.token",
            "bearer token of those who may direct the trainer (POST /v1/directives); empty for none, which only a trainer"
                    + " on a loopback address accepts");

    /** One setting for each knob of the learner. */
    private static final Map<String, Setting<String>> KNOBS = knobs();

    static final List<Setting<?>> SETTINGS = settings();

    /** Where tensors are computed changes how fast, not what, the trainer learns. */
    private static final Set<String> NOT_LEARNT = Set.of("device", "threads");

    TrainerConfig {
        check(1 <= batchSize && batchSize <= 100_000, "trainer.batch-size must be 1 to 100000, got %d", batchSize);
        check(
                !linger.isNegative() && linger.compareTo(Duration.ofMinutes(1)) <= 0,
                "trainer.linger must be 0 s to 1 m, got %s",
                linger);
        check(snapshotSamples >= 1, "trainer.snapshot-samples must be at least 1, got %d", snapshotSamples);
        check(
                snapshotInterval.compareTo(Duration.ofSeconds(1)) >= 0,
                "trainer.snapshot-interval must be at least 1 s, got %s",
                snapshotInterval);
        check(
                !deltaInterval.isNegative() && deltaInterval.compareTo(Duration.ofMinutes(10)) <= 0,
                "trainer.delta-interval must be 0 s to 10 m, got %s",
                deltaInterval);
        check(mostSkips >= 1, "trainer.most-skips must be at least 1, got %d", mostSkips);
    }

    static TrainerConfig from(Settings settings) {
        var values = new LinkedHashMap<String, String>();
        KNOBS.forEach((name, setting) -> values.put(name, settings.get(setting)));
        String model = settings.get(SharedSettings.MODEL_NAME);
        return new TrainerConfig(
                settings.get(SharedSettings.NAMESPACE),
                model,
                settings.get(SharedSettings.REGISTRY_URL),
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.TRAINER_PORT),
                Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "trainer", model),
                settings.get(SharedSettings.TOPIC_PARTITIONS),
                settings.get(SharedSettings.TOPIC_REPLICATION),
                settings.get(BATCH_SIZE),
                settings.get(LINGER),
                settings.get(SNAPSHOT_SAMPLES),
                settings.get(SNAPSHOT_INTERVAL),
                settings.get(DELTA_INTERVAL),
                settings.get(MOST_SKIPS),
                settings.get(KEEP_JOURNAL),
                LearnerConfig.of(values));
    }

    private static Map<String, Setting<String>> knobs() {
        var knobs = new LinkedHashMap<String, Setting<String>>();
        for (Knob knob : LearnerConfig.KNOBS) {
            knobs.put(knob.name(), Setting.ofString("trainer." + knob.name(), knob.value(), knob.meaning()));
        }
        return knobs;
    }

    private static List<Setting<?>> settings() {
        var all = new ArrayList<Setting<?>>(List.of(
                BATCH_SIZE,
                LINGER,
                SNAPSHOT_SAMPLES,
                SNAPSHOT_INTERVAL,
                DELTA_INTERVAL,
                MOST_SKIPS,
                KEEP_JOURNAL,
                TOKEN));
        all.addAll(KNOBS.values());
        return List.copyOf(all);
    }

    /** Every setting that changes what is learnt from the same steps, by name. */
    SortedMap<String, String> learnt() {
        var learnt = new TreeMap<>(learner.values());
        learnt.keySet().removeAll(NOT_LEARNT);
        return learnt;
    }

    /** The sha256 of {@link #learnt()}, one {@code name=value} per line, in lower-case hexadecimal. */
    String configHash() {
        var text = new StringBuilder();
        learnt().forEach((name, value) ->
                text.append(name).append('=').append(value).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-256", e);
        }
    }

    String knob(String name) {
        return learner.values().getOrDefault(name, "");
    }

    long seed() {
        return Long.parseLong(knob("seed"));
    }
}
