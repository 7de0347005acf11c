package coldstream.registry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * An MLflow search: {@code name = 'a' AND run_id = 'b'}, {@code name LIKE 'a%'}, {@code name ILIKE 'A%'}, an order and a
 * page.
 *
 * @param columns what may be asked for, by MLflow's name; the first one orders when nothing else does
 * @param pageToken the number of rows before the page, empty for the first
 */
public record Search(
        Map<String, String> columns, String filter, List<String> orderBy, int maxResults, String pageToken) {

    private static final Pattern CONDITION =
            Pattern.compile("\\s*([a-z_]+)\\s*(=|!=|LIKE|ILIKE)\\s*'([^']*)'\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDER =
            Pattern.compile("\\s*([a-z_]+)(\\s+(ASC|DESC))?\\s*", Pattern.CASE_INSENSITIVE);
    private static final int MAX_RESULTS = 1_000;

    public Search {
        if (maxResults < 1 || maxResults > MAX_RESULTS) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "max_results must be 1 to " + MAX_RESULTS + ", got " + maxResults);
        }
        if (!pageToken.matches("\\d{0,9}")) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("page_token must be one this server gave, got " + pageToken);
        }
    }

    public int offset() {
        return pageToken.isEmpty() ? 0 : Integer.parseInt(pageToken);
    }

    /** A page and one row more, which says that there is another page. */
    public Query query(Handle handle, String table, String selected) {
        List<String> values = new ArrayList<>();
        String sql = "SELECT " + selected + " FROM " + table + where(values) + order() + " LIMIT " + (maxResults + 1)
                + " OFFSET " + offset();
        Query query = handle.createQuery(sql);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query;
    }

    private String where(List<String> values) {
        if (filter.isBlank()) {
            return "";
        }
        List<String> conditions = new ArrayList<>();
        for (String text : filter.split("(?i)\\s+AND\\s+(?=[a-z_]+\\s*(?:=|!=|LIKE|ILIKE))", -1)) {
            Matcher matcher = CONDITION.matcher(text);
            if (!matcher.matches()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because(
                        "a filter must be conditions such as name = 'x' joined by AND, got " + filter);
            }
            String column = column(matcher.group(1));
            String operator = matcher.group(2).toUpperCase(Locale.ROOT);
            boolean anyCase = operator.equals("ILIKE");
            conditions.add(anyCase ? "lower(" + column + ") LIKE lower(?)" : column + " " + operator + " ?");
            values.add(matcher.group(3));
        }
        return " WHERE " + String.join(" AND ", conditions);
    }

    private String order() {
        List<String> terms = new ArrayList<>();
        for (String text : orderBy) {
            Matcher matcher = ORDER.matcher(text);
            if (!matcher.matches()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("order_by must be a field and ASC or DESC, got " + text);
            }
            boolean descending = "DESC".equalsIgnoreCase(matcher.group(3));
            terms.add(column(matcher.group(1)) + (descending ? " DESC" : " ASC"));
        }
        terms.add(columns.containsKey("version_number") ? "model ASC, version DESC" : "name ASC");
        return " ORDER BY " + String.join(", ", terms);
    }

    private String column(String field) {
        String column = columns.get(field.toLowerCase(Locale.ROOT));
        if (column == null) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a field must be one of "
                    + columns.keySet().stream().sorted().toList() + ", got " + field);
        }
        return column;
    }
}
