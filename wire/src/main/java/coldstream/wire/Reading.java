package coldstream.wire;

import java.util.function.Function;

/** What became of reading one event: a value, or the reason there is none. */
public sealed interface Reading<T> {

    /** Calls the function for what happened. */
    <R> R match(Function<T, R> accepted, Function<Refusal, R> refused);

    /** The event is well formed. */
    record Accepted<T>(T value) implements Reading<T> {
        @Override
        public <R> R match(Function<T, R> accepted, Function<Refusal, R> refused) {
            return accepted.apply(value);
        }
    }

    /** The event is not, and never will be. */
    record Refused<T>(Refusal refusal) implements Reading<T> {
        @Override
        public <R> R match(Function<T, R> accepted, Function<Refusal, R> refused) {
            return refused.apply(refusal);
        }
    }
}
