package coldstream.registry.mlflow;

import coldstream.registry.ManualClock;
import coldstream.registry.RegistryConfigs;
import coldstream.registry.promotion.Promotion;
import coldstream.registry.store.Database;
import coldstream.registry.store.DatabaseConfig;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A registry over a database that nothing was ever written to, and short ways to fill and to ask it. */
abstract class RegistryScene {

    final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private Database database;
    Store store;
    Registry registry;
    Removal removal;

    /** Where a database is that nothing was ever written to. */
    abstract DatabaseConfig empty() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = Database.open(empty());
        store = new Store(database.jdbi());
        registry = new Registry(store, new Promotion(RegistryConfigs.rules(Map.of()), store, clock, kind -> {}), clock);
        removal = new Removal(store, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    void model(String name) {
        clock.advance(Duration.ofMillis(1));
        registry.createModel(name, "", List.of());
    }

    int version(String model, String source, String run, List<Tag> tags) {
        clock.advance(Duration.ofMillis(1));
        return store.write(handle -> {
            int number = VersionTable.newest(handle, model) + 1;
            long now = clock.millis();
            String snapshot = "snapshot " + number + " of " + model;
            VersionTable.insert(
                    handle,
                    new VersionRow(model, number, snapshot, source, run, "", "", "None", 1, true, now, now),
                    "{}");
            tags.forEach(tag -> VersionTable.setTag(handle, model, number, tag));
            return number;
        });
    }

    List<Integer> versions(String filter) {
        return registry.searchVersions(filter, List.of(), 100, "").rows().stream()
                .map(version -> Integer.parseInt(version.version()))
                .toList();
    }

    List<String> ordered(String... orderBy) {
        List<ModelVersion> rows =
                registry.searchVersions("", List.of(orderBy), 100, "").rows();
        return rows.stream().map(row -> row.name() + " " + row.version()).toList();
    }

    List<String> models(String filter) {
        return registry.searchModels(filter, List.of(), 100, "").rows().stream()
                .map(RegisteredModel::name)
                .toList();
    }
}
