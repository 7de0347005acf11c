package coldstream.registry.store;

import coldstream.registry.store.Filter.Comparison;
import coldstream.wire.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * An MLflow search of models or versions: a filter, an order and a page.
 *
 * @param of what is searched
 * @param pageToken the number of rows before the page, empty for the first
 */
public record Search(Of of, Filter filter, List<String> orderBy, int maxResults, String pageToken) {

    /** What can be searched, by which fields, in which order when none is asked for. */
    public record Of(
            String table,
            String tags,
            int maxResults,
            Map<String, String> texts,
            Map<String, String> numbers,
            Map<String, String> orders,
            List<String> byDefault,
            List<String> ties) {

        public Of {
            texts = Map.copyOf(texts);
            numbers = Map.copyOf(numbers);
            orders = Map.copyOf(orders);
            byDefault = List.copyOf(byDefault);
            ties = List.copyOf(ties);
        }
    }

    public static final Of MODELS = new Of(
            "registered_model",
            "model_tag t WHERE t.model = registered_model.name",
            1_000,
            Map.of("name", "name"),
            Map.of(),
            Map.of("name", "name", "creation_timestamp", "created_at", "last_updated_timestamp", "updated_at"),
            List.of(),
            List.of("name ASC"));

    public static final Of VERSIONS = new Of(
            "model_version",
            "version_tag t WHERE t.model = model_version.model AND t.version = model_version.version",
            200_000,
            Map.of("name", "model", "run_id", "run_id", "source_path", "source"),
            Map.of(
                    "version_number", "version",
                    "creation_timestamp", "created_at",
                    "last_updated_timestamp", "updated_at"),
            Map.of(
                    "name", "model",
                    "version_number", "version",
                    "creation_timestamp", "created_at",
                    "last_updated_timestamp", "updated_at"),
            List.of("updated_at DESC"),
            List.of("model ASC", "version DESC"));

    private static final Pattern ORDER = Pattern.compile(
            "\\s*(?:attribute\\.)?([`\"]?)([a-z_]+)\\1(?:\\s+(ASC|DESC))?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> OF_TEXTS = Set.of("=", "!=", "LIKE", "ILIKE");
    private static final Set<String> OF_NUMBERS = Set.of("=", "!=", "<", "<=", ">", ">=");

    /** MLflow's newer clients leave prompts out by a tag that models do not have. */
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    public Search {
        if (maxResults < 1 || maxResults > of.maxResults()) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "max_results must be 1 to " + of.maxResults() + ", got " + maxResults);
        }
        if (!pageToken.matches("\\d{0,9}")) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("page_token must be one this server gave, got " + pageToken);
        }
        orderBy = List.copyOf(orderBy);
    }

    public static Search of(Of of, String filter, List<String> orderBy, int maxResults, String pageToken) {
        return new Search(of, Filter.parse(filter), orderBy, maxResults, pageToken);
    }

    public int offset() {
        return pageToken.isEmpty() ? 0 : Integer.parseInt(pageToken);
    }

    /** A page and one row more, which says that there is another page. */
    Query query(Handle handle, String selected) {
        List<Object> values = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (Comparison comparison : filter.comparisons()) {
            conditions.add(comparison.tag() ? tag(comparison, values) : field(comparison, values));
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String sql = "SELECT " + selected + " FROM " + of.table() + where + " ORDER BY " + order() + " LIMIT "
                + (maxResults + 1) + " OFFSET " + offset();
        Query query = handle.createQuery(sql);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query;
    }

    private String field(Comparison comparison, List<Object> values) {
        String text = of.texts().get(comparison.key());
        if (text != null) {
            boolean listed = comparison.operator().equals("IN");
            require(
                    (listed ? comparison.key().equals("run_id") : OF_TEXTS.contains(comparison.operator()))
                            && !comparison.number(),
                    "a field of text must be compared with a quoted text by =, !=, LIKE or ILIKE, run_id also by IN",
                    comparison);
            return compare(text, comparison, values);
        }
        String number = of.numbers().get(comparison.key());
        require(
                number != null,
                "a filter's field must be one of "
                        + Stream.concat(of.texts().keySet().stream(), of.numbers().keySet().stream())
                                .sorted()
                                .toList(),
                comparison);
        require(
                OF_NUMBERS.contains(comparison.operator()) && comparison.number(),
                "a field of numbers must be compared with a whole number by =, !=, <, <=, > or >=",
                comparison);
        values.add(Long.parseLong(comparison.value()));
        return number + " " + comparison.operator() + " ?";
    }

    private String tag(Comparison comparison, List<Object> values) {
        require(
                OF_TEXTS.contains(comparison.operator()) && !comparison.number(),
                "a tag must be compared with a quoted text by =, !=, LIKE or ILIKE",
                comparison);
        if (of.equals(VERSIONS) && comparison.key().equals(ModelVersion.SNAPSHOT_TAG)) {
            return compare("snapshot_id", comparison, values);
        }
        String any = "EXISTS (SELECT 1 FROM " + of.tags() + " AND t.tag_key = ?";
        values.add(comparison.key());
        String condition = any + " AND " + compare("t.tag_value", comparison, values) + ")";
        boolean absenceCounts = comparison.key().equals(PROMPT)
                && Set.of("=false", "!=true").contains(comparison.operator() + comparison.value());
        if (!absenceCounts) {
            return condition;
        }
        values.add(comparison.key());
        return "(" + condition + " OR NOT " + any + "))";
    }

    private static String compare(String column, Comparison comparison, List<Object> values) {
        values.addAll(comparison.values());
        return switch (comparison.operator()) {
            case "LIKE" -> column + " LIKE ? ESCAPE ''";
            case "ILIKE" -> "lower(" + column + ") LIKE lower(?) ESCAPE ''";
            case "IN" -> column + " IN (" + "?, ".repeat(comparison.values().size() - 1) + "?)";
            default -> column + " " + comparison.operator() + " ?";
        };
    }

    private String order() {
        List<String> terms = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String text : orderBy) {
            Matcher matcher = ORDER.matcher(text);
            if (!matcher.matches()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("order_by must be a field and ASC or DESC, got " + text);
            }
            String column = of.orders().get(matcher.group(2).toLowerCase(Locale.ROOT));
            if (column == null || columns.contains(column)) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("order_by must be fields of "
                        + of.orders().keySet().stream().sorted().toList() + ", each once, got " + orderBy);
            }
            columns.add(column);
            terms.add(column + ("DESC".equalsIgnoreCase(matcher.group(3)) ? " DESC" : " ASC"));
        }
        if (terms.isEmpty()) {
            terms.addAll(of.byDefault());
        }
        of.ties().stream()
                .filter(term -> !columns.contains(term.substring(0, term.indexOf(' '))))
                .forEach(terms::add);
        return String.join(", ", terms);
    }

    private static void require(boolean holds, String rule, Comparison comparison) {
        if (!holds) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    rule + ", got " + comparison.key() + " " + comparison.operator() + " " + comparison.values());
        }
    }
}
