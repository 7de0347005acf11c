package coldstream.scorer;

/**
 * How far the worker is, for people.
 *
 * @param items announced and not retired
 * @param itemVectors of them encoded
 * @param scored requests the language model answered
 * @param failures requests it did not: try_again and refused
 * @param scoresStored scores of single items that Redis took
 */
public record ScorerProgress(long items, long itemVectors, long scored, long failures, long scoresStored) {}
