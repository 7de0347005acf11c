/**
 * Words for items whose own text says little: a language model is asked once, and what it writes stands beside the item.
 *
 * <p>{@link coldstream.scorer.enrich.EnrichmentRule} says which item is due, {@link coldstream.scorer.enrich.Enricher} asks,
 * {@link coldstream.scorer.enrich.EnrichmentReply} says what of an answer is believed.
 */
@NullMarked
package coldstream.scorer.enrich;

import org.jspecify.annotations.NullMarked;
