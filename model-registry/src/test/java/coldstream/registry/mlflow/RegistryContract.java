package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.RegistryEvent;
import coldstream.registry.ManualClock;
import coldstream.registry.RegistryConfigs;
import coldstream.registry.promotion.Promotion;
import coldstream.registry.store.Audit;
import coldstream.registry.store.Database;
import coldstream.registry.store.DatabaseConfig;
import coldstream.registry.store.LeaseTable;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.Views;
import coldstream.registry.store.WebhookEvent;
import coldstream.registry.store.WebhookTable;
import coldstream.registry.store.WebhookTable.Status;
import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every database must do for the registry.
 *
 * <p>The searches and what they must find are the cases of MLflow's own tests of its SQL store
 * ({@code tests/store/model_registry/test_sqlalchemy_store.py}, 2.17).
 */
abstract class RegistryContract {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private Database database;
    private Store store;
    private Registry registry;
    private Removal removal;

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

    @Test
    void findsVersionsAsMlflowDoes() {
        model("m");
        version("m", "A/B", "0a1f", List.of());
        version("m", "A/C", "0b2f", List.of());
        version("m", "A/D", "0b2f", List.of());
        version("m", "A/D", "", List.of());

        assertThat(versions("name='m'")).containsExactly(4, 3, 2, 1);
        assertThat(versions("version_number=2")).containsExactly(2);
        assertThat(versions("version_number<=3")).containsExactly(3, 2, 1);
        assertThat(versions("run_id='0a1f'")).containsExactly(1);
        assertThat(versions("run_id IN ('0a1f','0b2f')")).containsExactly(3, 2, 1);
        assertThat(versions("run_id IN ('0A1F', '0b2f')")).containsExactly(3, 2);
        assertThat(versions("run_id LIKE '0b%'")).containsExactly(3, 2);
        assertThat(versions("run_id ILIKE '0B%'")).containsExactly(3, 2);
        assertThat(versions("source_path = 'A/D'")).containsExactly(4, 3);
        assertThat(versions("source_path = 'A'")).isEmpty();
        assertThat(versions("source_path = ''")).isEmpty();
        assertThat(versions("")).hasSize(4);
        for (String wrong :
                new String[] {"run_id < 'a'", "source_path IN ('a')", "version_number = '2'", "stage = 'x'"}) {
            assertThatThrownBy(() -> versions(wrong)).hasMessageContaining("must be");
        }
        removal.deleteVersion("m", "4", "test");
        assertThat(versions("source_path = 'A/D'")).containsExactly(3);
    }

    @Test
    void findsVersionsByTagAsMlflowDoes() {
        model("m");
        version("m", "A/B", "", List.of(new Tag("t1", "abc"), new Tag("t2", "xyz")));
        version("m", "A/C", "", List.of(new Tag("t1", "abc"), new Tag("t2", "x123")));

        assertThat(versions("name = 'm' and tag.t2 = 'xyz'")).containsExactly(1);
        assertThat(versions("name = 'wrong_name' and tag.t2 = 'xyz'")).isEmpty();
        assertThat(versions("tag.`t2` = 'xyz'")).containsExactly(1);
        assertThat(versions("tag.t3 = 'xyz'")).isEmpty();
        assertThat(versions("tag.t2 != 'xy'")).containsExactly(2, 1);
        assertThat(versions("tag.t2 LIKE 'xy%'")).containsExactly(1);
        assertThat(versions("tag.t2 LIKE 'xY%'")).isEmpty();
        assertThat(versions("tag.t2 ILIKE 'xY%'")).containsExactly(1);
        assertThat(versions("tag.t2 LIKE 'x%'")).containsExactly(2, 1);
        assertThat(versions("tag.T2 = 'xyz'")).isEmpty();
        assertThat(versions("tag.t1 = 'abc' and tag.t2 = 'xyz'")).containsExactly(1);
        assertThat(versions("tag.t1 = 'abc' and tag.t2 LIKE 'x%'")).containsExactly(2, 1);
        assertThat(versions("tag.t1 = 'abc' and tag.t2 LIKE 'y%'")).isEmpty();
        assertThat(versions("tag.t2 like 'x%' and tag.t2 != 'xyz'")).containsExactly(2);
        assertThat(versions("tags.`mlflow.prompt.is_prompt` != 'true'")).containsExactly(2, 1);
        assertThat(versions("tags.`coldstream.snapshot` = 'snapshot 2 of m'")).containsExactly(2);
    }

    @Test
    void ordersVersionsAsMlflowDoes() {
        for (String name : new String[] {"RM1", "RM2", "RM3", "RM4"}) {
            model(name);
        }
        for (String name : new String[] {"RM1", "RM2", "RM3", "RM4", "RM1", "RM4"}) {
            version(name, "A", "", List.of());
        }

        assertThat(ordered()).containsExactly("RM4 2", "RM1 2", "RM4 1", "RM3 1", "RM2 1", "RM1 1");
        assertThat(ordered("name DESC")).containsExactly("RM4 2", "RM4 1", "RM3 1", "RM2 1", "RM1 2", "RM1 1");
        assertThat(ordered("version_number DESC"))
                .containsExactly("RM1 2", "RM4 2", "RM1 1", "RM2 1", "RM3 1", "RM4 1");
        assertThat(ordered("creation_timestamp DESC")).startsWith("RM4 2", "RM1 2");
        clock.advance(Duration.ofMillis(1));
        registry.describeVersion("RM1", "1", "latest updated");
        assertThat(ordered("last_updated_timestamp ASC")).endsWith("RM1 1");
        for (String wrong : new String[] {"run_id DESC", "last_updated_timestamp DESC blah", "name ASC"}) {
            assertThatThrownBy(() -> ordered("name ASC", wrong)).hasMessageContaining("order_by must be");
        }
    }

    @Test
    void findsModelsAsMlflowDoes() {
        List<String> names = List.of("s_RM1", "s_RM2", "s_RM3", "s_RM4", "s_RM4A", "s_RM4ab");
        names.forEach(this::model);
        registry.setModelTag("s_RM1", new Tag("owner", "ana"));

        assertThat(models("")).isEqualTo(names);
        assertThat(models("name='s_RM1'")).containsExactly("s_RM1");
        assertThat(models("name='s_RM1cats'")).isEmpty();
        assertThat(models("name LIKE 's_%'")).isEqualTo(names);
        assertThat(models("name LIKE '%RM%'")).isEqualTo(names);
        assertThat(models("name LIKE '__R%'")).isEqualTo(names);
        assertThat(models("name LIKE 's_RM4A%'")).containsExactly("s_RM4A");
        assertThat(models("name like 's_RM4A%'")).containsExactly("s_RM4A");
        assertThat(models("name ILIKE 's_RM4A%'")).containsExactly("s_RM4A", "s_RM4ab");
        assertThat(models("name iLike '%%'")).isEqualTo(names);
        assertThat(models("name LIKE '%\\'")).isEmpty();
        assertThat(models("tags.owner = 'ana'")).containsExactly("s_RM1");
        for (String wrong : new String[] {"run_id='x'", "source_path = 'A/D'", "name > 'a'", "evil name = 'a'"}) {
            assertThatThrownBy(() -> models(wrong)).hasMessageContaining("must be");
        }
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEnded() {
        for (int i = 0; i < 7; i++) {
            model("m" + i);
        }

        var first = registry.searchModels("", List.of(), 3, "");
        var second =
                registry.searchModels("", List.of(), 3, first.nextPageToken().orElseThrow());
        var third =
                registry.searchModels("", List.of(), 3, second.nextPageToken().orElseThrow());

        assertThat(List.of(first, second, third))
                .flatExtracting(Registry.Page::rows)
                .extracting(RegisteredModel::name)
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
        assertThat(third.nextPageToken()).isEmpty();
        assertThatThrownBy(() -> registry.searchModels("", List.of(), 3, "evilhax"))
                .hasMessageContaining("page_token");
        assertThatThrownBy(() -> registry.searchModels("", List.of(), 1_001, ""))
                .hasMessageContaining("max_results");
    }

    @Test
    void aRenamedModelKeepsAllItHas() {
        model("old");
        version("old", "A", "r", List.of(new Tag("k", "v")));
        registry.setModelTag("old", new Tag("owner", "ana"));
        registry.setAlias("old", "champion", "1", "test");

        removal.rename("old", "new", "test");
        RegisteredModel model = removal.rename("old", "new", "test");

        assertThat(model.tags()).containsExactly(new Tag("owner", "ana"));
        assertThat(registry.alias("new", "champion").tags()).contains(new Tag("k", "v"));
        assertThatThrownBy(() -> registry.model("old")).hasMessage("the model must exist, got old");
        assertThat(registry.events("old", 10))
                .last()
                .extracting(RegistryEvent::why)
                .isEqualTo("renamed to new");
        model("taken");
        assertThatThrownBy(() -> removal.rename("new", "taken", "test"))
                .hasMessage("a model must have a new name, got taken");
    }

    @Test
    void aDeletedVersionsNumberIsNeverGivenAgain() {
        model("m");
        version("m", "A", "", List.of(new Tag("k", "v")));
        version("m", "B", "", List.of());
        registry.setAlias("m", "pinned", "2", "test");
        registry.setAlias("m", "champion", "1", "test");

        removal.deleteVersion("m", "2", "test");
        removal.deleteVersion("m", "2", "test");

        assertThat(version("m", "C", "", List.of())).isEqualTo(3);
        assertThatThrownBy(() -> registry.alias("m", "pinned")).hasMessageContaining("must have the alias");
        assertThatThrownBy(() -> removal.deleteVersion("m", "1", "test")).hasMessageContaining("the champion must not");
        assertThatThrownBy(() -> removal.deleteVersion("m", "9", "test")).hasMessageContaining("must exist, got 9");
        removal.deleteModel("m", "test");
        removal.deleteModel("m", "test");
        model("m");
        assertThat(version("m", "D", "", List.of())).isEqualTo(4);
        assertThat(registry.events("m", 10))
                .extracting(RegistryEvent::kind)
                .containsOnlyOnce(RegistryEvent.Kind.VERSION_DELETED, RegistryEvent.Kind.MODEL_DELETED);
    }

    @Test
    void whatAServerUsesIsNeitherDeletedNorRenamed() {
        model("m");
        version("m", "A", "", List.of());
        long until = clock.millis() + 1_000;
        store.change(handle -> LeaseTable.take(handle, Views.requireVersion(handle, "m", "1"), "serving-1", until));

        assertThatThrownBy(() -> removal.deleteVersion("m", "1", "test")).hasMessageContaining("used by serving-1");
        assertThatThrownBy(() -> removal.deleteModel("m", "test")).hasMessageContaining("used by serving-1");
        assertThatThrownBy(() -> removal.rename("m", "n", "test")).hasMessageContaining("used by serving-1");
        clock.advance(Duration.ofSeconds(2));
        removal.deleteVersion("m", "1", "test");
    }

    @Test
    void webhooksAreOwedWhatTheyAskedForInOrder() {
        store.change(handle -> {
            WebhookTable.put(handle, webhook("all", Status.ACTIVE, WebhookEvent.values()));
            WebhookTable.put(handle, webhook("tags", Status.ACTIVE, WebhookEvent.MODEL_VERSION_TAG_SET));
            WebhookTable.put(handle, webhook("off", Status.DISABLED, WebhookEvent.values()));
        });
        model("m");
        version("m", "A", "", List.of());
        registry.setVersionTag("m", "1", new Tag("k", "v"));
        registry.setAlias("m", "champion", "1", "test");

        long owed = store.read(WebhookTable::owed);
        assertThat(owed).isEqualTo(4);
        List<String> told = new ArrayList<>();
        while (store.read(WebhookTable::owed) > 0) {
            for (WebhookTable.Delivery due : store.read(handle -> WebhookTable.due(handle, clock.millis()))) {
                told.add(due.webhook() + due.body().replaceAll(".*\"entity\":\"(\\w+)\".*", " $1"));
                store.change(handle -> WebhookTable.done(handle, due.id()));
            }
        }
        assertThat(told)
                .containsExactly(
                        "all registered_model",
                        "tags model_version_tag",
                        "all model_version_tag",
                        "all model_version_alias");
        boolean deleted = store.write(handle -> WebhookTable.delete(handle, "all"));
        assertThat(deleted).isTrue();
    }

    @Test
    void manyWritersMakeOneAuditWithoutGaps() throws Exception {
        model("m");
        version("m", "A", "", List.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String alias = "a" + i;
            running.add(threads.submit(() -> registry.setAlias("m", alias, "1", "test")));
        }
        for (Future<?> each : running) {
            each.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        List<Audit.Entry> audit = store.read(handle -> Audit.unsent(handle, 100));
        assertThat(audit)
                .extracting(Audit.Entry::id)
                .hasSize(20)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private static WebhookTable.Row webhook(String id, Status status, WebhookEvent... events) {
        return new WebhookTable.Row(
                id, id, "", "https://example.com/", List.of(events), Optional.empty(), status, 1, 1);
    }

    private void model(String name) {
        clock.advance(Duration.ofMillis(1));
        registry.createModel(name, "", List.of());
    }

    private int version(String model, String source, String run, List<Tag> tags) {
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

    private List<Integer> versions(String filter) {
        return registry.searchVersions(filter, List.of(), 100, "").rows().stream()
                .map(version -> Integer.parseInt(version.version()))
                .toList();
    }

    private List<String> ordered(String... orderBy) {
        List<ModelVersion> rows =
                registry.searchVersions("", List.of(orderBy), 100, "").rows();
        return rows.stream().map(row -> row.name() + " " + row.version()).toList();
    }

    private List<String> models(String filter) {
        return registry.searchModels(filter, List.of(), 100, "").rows().stream()
                .map(RegisteredModel::name)
                .toList();
    }
}
