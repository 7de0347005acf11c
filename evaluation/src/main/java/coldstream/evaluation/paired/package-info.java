/** Two sets of weights on the same events, in bounded memory, with intervals that keep a user's rows together. */
@NullMarked
package coldstream.evaluation.paired;

import org.jspecify.annotations.NullMarked;
