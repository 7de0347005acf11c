/**
 * What a language model is asked about: which items stand in a question, and what is hidden from it.
 *
 * <p>Pure: {@link coldstream.scorer.candidates.CandidateBuilder} makes a question of a request, a
 * {@link coldstream.scorer.candidates.Shelf} of items and the rules, and nothing else.
 */
@NullMarked
package coldstream.scorer.candidates;

import org.jspecify.annotations.NullMarked;
