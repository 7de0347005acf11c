/**
 * The language models that score: how they are asked, how their answers are read, and what is never believed.
 *
 * <p>{@link coldstream.scorer.model.EncoderScorer} compares texts in the process;
 * {@link coldstream.scorer.model.LanguageModels} puts together whatever else is configured. None of it needs Kafka or Redis.
 */
@NullMarked
package coldstream.scorer.model;

import org.jspecify.annotations.NullMarked;
