package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.domain.RegistryEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.registry.RegistryConfigs;
import coldstream.registry.store.Audit;
import coldstream.registry.store.Database;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Promotion over a database of its own and a clock that stands still. */
final class PromotionRig implements AutoCloseable {

    static final String MODEL = "ctr";

    private final Database database;
    private final Store store;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private int newest;
    final List<RegistryEvent.Kind> told = new ArrayList<>();
    final Promotion promotion;

    PromotionRig(Path folder, Map<String, String> settings) {
        database = Database.open(RegistryConfigs.database(folder));
        store = new Store(database.jdbi());
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        promotion = new Promotion(RegistryConfigs.rules(settings), store, clock, told::add);
        newest = store.write(handle -> {
            if (ModelTable.find(handle, MODEL).isEmpty()) {
                ModelTable.insert(handle, new ModelTable.Row(MODEL, "", 0, 0));
            }
            return VersionTable.newest(handle, MODEL);
        });
    }

    /** A version comes in, whose own window says this AUC of 1,000 events. */
    int version(double auc) {
        int version = ++newest;
        SnapshotManifest manifest = manifest(auc);
        String json = new String(Json.write(manifest), StandardCharsets.UTF_8);
        store.change(handle -> {
            var row = new VersionRow(MODEL, version, "snapshot-" + version, "", "", "", "", "None", 1, true, 0, 0);
            VersionTable.insert(handle, row, json);
            promotion.consider(handle, row, manifest);
        });
        return version;
    }

    private static SnapshotManifest manifest(double auc) {
        var overall = new StratumMetrics(auc, auc - 0.001, auc + 0.001, 0.5, 1_000);
        Map<String, StratumMetrics> window = Map.of("overall", overall);
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                MODEL,
                Optional.empty(),
                Instant.EPOCH,
                1,
                1,
                Map.of(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(),
                "hash",
                "unknown",
                window,
                window,
                Map.of());
    }

    /** Evidence comes in. */
    int evidence(String arm, String baseline, PairedMetrics overall) {
        return promotion.evidence(MODEL, List.of(Evidences.overall(arm, baseline, overall)));
    }

    int evidence(int arm, int baseline, PairedMetrics overall) {
        return evidence("" + arm, "" + baseline, overall);
    }

    /** Time passes, and what it decides is decided. */
    void pass(Duration time) {
        now = now.plus(time);
        promotion.tick();
    }

    Instant now() {
        return now;
    }

    /** Somebody sets the champion's alias by MLflow's own request. */
    void setChampion(int version) {
        store.change(handle -> {
            Optional<Integer> before = ModelTable.alias(handle, MODEL, "champion");
            ModelTable.setAlias(handle, MODEL, "champion", version);
            promotion.championSet(handle, MODEL, before, version);
        });
    }

    /** The version's files go. */
    void forget(int version) {
        store.change(handle -> VersionTable.setStored(
                handle, VersionTable.find(handle, MODEL, version).orElseThrow(), false));
    }

    Optional<Integer> alias(String alias) {
        return store.read(handle -> ModelTable.alias(handle, MODEL, alias));
    }

    Optional<String> tag(int version, String key) {
        return store.read(handle -> VersionTable.tags(handle, MODEL, version).stream()
                .filter(tag -> tag.key().equals(key))
                .map(tag -> tag.value())
                .findFirst());
    }

    /** Decisions so far, such as {@code PROMOTED 1}, without the aliases that come with every version and trial. */
    List<String> decisions() {
        return events().stream()
                .filter(event -> event.kind() != RegistryEvent.Kind.ALIAS_SET)
                .map(event -> event.kind() + " " + event.version())
                .toList();
    }

    RegistryEvent last() {
        List<RegistryEvent> events = events();
        return events.get(events.size() - 1);
    }

    List<RegistryEvent> events() {
        return store.read(handle -> Audit.of(handle, MODEL, 1_000));
    }

    long unsent() {
        return store.read(Audit::unsent);
    }

    Optional<Evidence> stored(String arm, String baseline) {
        return store.read(handle -> PromotionTable.found(handle, MODEL, arm, baseline))
                .map(PromotionTable.Found::evidence);
    }

    @Override
    public void close() {
        database.close();
    }
}
