package coldstream.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.store.Filter.Comparison;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    @Test
    void nothingAsksForEverything() {
        assertThat(Filter.parse("  ").comparisons()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name='a'|false|name|=|a",
                "  name   !=   'a b'  |false|name|!=|a b",
                "name = \"it's\"|false|name|=|it's",
                "name = 'it''s'|false|name|=|it's",
                "name like '%and%'|false|name|LIKE|%and%",
                "attribute.name iLike 'X'|false|name|ILIKE|X",
                "version_number<=3|false|version_number|<=|3",
                "version_number > -1|false|version_number|>|-1",
                "tags.k = 'v'|true|k|=|v",
                "tag.`a key` = 'v'|true|a key|=|v",
                "tag.\"a key\" = 'v'|true|a key|=|v",
                "tags.a.b.c != 'v'|true|a.b.c|!=|v",
                "Tags.k = 'v'|true|k|=|v",
            })
    void readsAComparison(String text, boolean tag, String key, String operator, String value) {
        assertThat(Filter.parse(text).comparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.tag()).isEqualTo(tag);
            assertThat(comparison.key()).isEqualTo(key);
            assertThat(comparison.operator()).isEqualTo(operator);
            assertThat(comparison.value()).isEqualTo(value);
        });
    }

    @Test
    void joinsComparisonsAndReadsLists() {
        assertThat(Filter.parse("name = 'a and b' AND run_id IN ('x', 'y') and tags.t='z'")
                        .comparisons())
                .containsExactly(
                        new Comparison(false, "name", "=", List.of("a and b"), false),
                        new Comparison(false, "run_id", "IN", List.of("x", "y"), false),
                        new Comparison(true, "t", "=", List.of("z"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "name LIKE",
                "name = ",
                "name = a",
                "name = 'a",
                "name = 'a' OR name = 'b'",
                "name = 'a' AND",
                "AND name = 'a'",
                "name = 'a' name = 'b'",
                "name = 'a'; DROP TABLE model_version",
                "'name' = 'a'",
                "run_id IN (1,2,3)",
                "run_id IN ()",
                "run_id IN (",
                "run_id IN",
                "run_id IN (,)",
                "run_id IN ('a',,'b')",
                "run_id IN ('a' 'b')",
                "params.x = 'a'",
                "name == 'a'",
                "version_number = 1.5",
                "version_number = 99999999999999999999",
                "(name = 'a')",
                "name = `a`",
            })
    void refusesWhatIsNoFilter(String text) {
        assertThatThrownBy(() -> Filter.parse(text)).hasMessageStartingWith("a filter must be made of ");
    }

    @Test
    void aLongFilterIsRefusedAndManyQuotesAreNoTrouble() {
        assertThat(Filter.parse("name = '" + "''".repeat(2_400) + "'").comparisons())
                .hasSize(1);
        assertThatThrownBy(() -> Filter.parse("x".repeat(5_001))).hasMessageContaining("at most 5000 characters");
    }
}
