package coldstream.registry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an MLflow search asks for: comparisons joined by {@code AND}.
 *
 * <pre>
 * filter     = [ comparison { AND comparison } ]
 * comparison = [ ("attribute" | "tag" | "tags") "." ] key operator value
 * key        = word | `text` | "text"
 * operator   = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | LIKE | ILIKE | IN
 * value      = 'text' | "text" | number | ( 'text' { , 'text' } )
 * </pre>
 *
 * <p>Within quotes, the quote itself is written twice. Source: {@code SearchModelUtils} and {@code SearchModelVersionUtils}
 * of MLflow 2.17.
 */
record Filter(List<Comparison> comparisons) {

    /**
     * One comparison.
     *
     * @param tag whether {@code key} is a tag's; else a field's
     * @param operator in capitals
     * @param values one, but for IN
     */
    record Comparison(boolean tag, String key, String operator, List<String> values, boolean number) {

        Comparison {
            values = List.copyOf(values);
        }

        String value() {
            return values.get(0);
        }
    }

    private static final int MAX_LENGTH = 5_000;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<word>[A-Za-z_][\\w-]*)"
            + "|(?<number>-?\\d{1,18})(?![\\w.])"
            + "|'(?<single>(?:[^']++|'')*+)'|\"(?<twice>(?:[^\"]++|\"\")*+)\"|`(?<back>[^`]*)`"
            + "|(?<sign><=|>=|!=|=|<|>|\\.|,|\\(|\\)))");

    Filter {
        comparisons = List.copyOf(comparisons);
    }

    /** @throws coldstream.service.ProblemException if it is not of this form */
    static Filter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "a filter must have at most " + MAX_LENGTH + " characters, got " + text.length());
        }
        return new Parser(text).filter();
    }

    private enum Kind {
        WORD,
        NUMBER,
        TEXT,
        KEY,
        SIGN,
        END
    }

    private record Token(Kind kind, String text, boolean doubleQuoted) {

        boolean is(Kind wanted, String word) {
            return kind == wanted && text.equalsIgnoreCase(word);
        }
    }

    private static final class Parser {

        private final String text;
        private final List<Token> tokens = new ArrayList<>();
        private int next;

        Parser(String text) {
            this.text = text;
            String stripped = text.stripTrailing();
            Matcher matcher = TOKEN.matcher(stripped);
            int at = 0;
            while (at < stripped.length()) {
                if (!matcher.find(at) || matcher.start() != at) {
                    throw broken("readable at " + stripped.substring(at).strip());
                }
                tokens.add(token(matcher));
                at = matcher.end();
            }
            tokens.add(new Token(Kind.END, "", false));
        }

        private static Token token(Matcher matcher) {
            if (matcher.group("word") != null) {
                return new Token(Kind.WORD, matcher.group("word"), false);
            }
            if (matcher.group("number") != null) {
                return new Token(Kind.NUMBER, matcher.group("number"), false);
            }
            if (matcher.group("single") != null) {
                return new Token(Kind.TEXT, matcher.group("single").replace("''", "'"), false);
            }
            if (matcher.group("twice") != null) {
                return new Token(Kind.TEXT, matcher.group("twice").replace("\"\"", "\""), true);
            }
            if (matcher.group("back") != null) {
                return new Token(Kind.KEY, matcher.group("back"), false);
            }
            return new Token(Kind.SIGN, matcher.group("sign"), false);
        }

        Filter filter() {
            List<Comparison> comparisons = new ArrayList<>();
            if (peek().kind() == Kind.END) {
                return new Filter(comparisons);
            }
            comparisons.add(comparison());
            while (peek().is(Kind.WORD, "AND")) {
                take();
                comparisons.add(comparison());
            }
            if (peek().kind() != Kind.END) {
                throw broken("comparisons joined by AND");
            }
            return new Filter(comparisons);
        }

        private Comparison comparison() {
            String entity = "attribute";
            String key = key();
            if (peek().is(Kind.SIGN, ".")) {
                take();
                entity = key.toLowerCase(Locale.ROOT);
                key = key();
            }
            if (!List.of("attribute", "tag", "tags").contains(entity)) {
                throw broken("of attribute. or tags. fields");
            }
            String operator = operator();
            boolean tag = !entity.equals("attribute");
            if (operator.equals("IN")) {
                return new Comparison(tag, key, operator, list(), false);
            }
            Token value = take();
            if (value.kind() != Kind.TEXT && value.kind() != Kind.NUMBER) {
                throw broken("comparisons with a quoted text or a number");
            }
            return new Comparison(tag, key, operator, List.of(value.text()), value.kind() == Kind.NUMBER);
        }

        private String key() {
            Token token = take();
            boolean quoted = token.kind() == Kind.KEY || token.doubleQuoted();
            if (token.kind() != Kind.WORD && !quoted) {
                throw broken("comparisons that begin with a field");
            }
            var key = new StringBuilder(token.text());
            // a tag's key may have dots without being quoted
            while (next >= 2 && tokens.get(next - 2).is(Kind.SIGN, ".") && peek().is(Kind.SIGN, ".")) {
                take();
                key.append('.').append(take().text());
            }
            return key.toString();
        }

        private String operator() {
            Token token = take();
            String operator = token.text().toUpperCase(Locale.ROOT);
            boolean known =
                    switch (token.kind()) {
                        case SIGN -> List.of("=", "!=", "<", "<=", ">", ">=").contains(operator);
                        case WORD -> List.of("LIKE", "ILIKE", "IN").contains(operator);
                        case NUMBER, TEXT, KEY, END -> false;
                    };
            if (!known) {
                throw broken("comparisons by =, !=, <, <=, >, >=, LIKE, ILIKE or IN");
            }
            return operator;
        }

        private List<String> list() {
            List<String> values = new ArrayList<>();
            if (!take().is(Kind.SIGN, "(")) {
                throw broken("lists in brackets after IN");
            }
            Token separator;
            do {
                Token value = take();
                if (value.kind() != Kind.TEXT) {
                    throw broken("lists of quoted texts after IN");
                }
                values.add(value.text());
                separator = take();
            } while (separator.is(Kind.SIGN, ","));
            if (!separator.is(Kind.SIGN, ")")) {
                throw broken("lists of quoted texts after IN");
            }
            return values;
        }

        private Token peek() {
            return tokens.get(next);
        }

        private Token take() {
            Token token = tokens.get(next);
            if (token.kind() != Kind.END) {
                next++;
            }
            return token;
        }

        private RuntimeException broken(String rule) {
            return Refusal.INVALID_PARAMETER_VALUE.because("a filter must be made of " + rule + ", got " + text);
        }
    }
}
