/**
 * What may be spent on a language model, and on which questions first.
 *
 * <p>{@link coldstream.scorer.budget.Governor} is the way in: it books questions in a ledger that all workers share, and a
 * share of its own where that is away. {@link coldstream.scorer.budget.Worth} says which question is worth most.
 */
@NullMarked
package coldstream.scorer.budget;

import org.jspecify.annotations.NullMarked;
