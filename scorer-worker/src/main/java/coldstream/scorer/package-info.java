/**
 * The only process with a language model: turns item texts into vectors, and score requests into soft scores.
 *
 * <p>Pure parts, usable without Kafka: {@link coldstream.scorer.candidates.CandidateBuilder},
 * {@link coldstream.scorer.model.EncoderScorer} and {@link coldstream.scorer.model.LanguageModels}.
 * {@link coldstream.scorer.ScorerWorker} wires the rest.
 */
@NullMarked
package coldstream.scorer;

import org.jspecify.annotations.NullMarked;
