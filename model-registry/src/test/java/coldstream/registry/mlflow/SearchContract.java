package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How every database must find models and versions for the registry.
 *
 * <p>The searches and what they must find are the cases of MLflow's own tests of its SQL store
 * ({@code tests/store/model_registry/test_sqlalchemy_store.py}, 2.17).
 */
abstract class SearchContract extends RegistryScene {

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
}
