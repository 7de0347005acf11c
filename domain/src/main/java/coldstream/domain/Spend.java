package coldstream.domain;

/**
 * What asking a language model takes.
 *
 * @param requests calls to the model
 * @param tokens read and written
 * @param micros money, in millionths of the currency
 */
public record Spend(long requests, long tokens, long micros) {

    public static final Spend NONE = new Spend(0, 0, 0);

    public Spend plus(Spend other) {
        return new Spend(requests + other.requests, tokens + other.tokens, micros + other.micros);
    }

    public Spend minus(Spend other) {
        return plus(other.times(-1));
    }

    public Spend times(long count) {
        return new Spend(requests * count, tokens * count, micros * count);
    }
}
