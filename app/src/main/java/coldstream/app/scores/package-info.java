/** {@code coldstream scores}: what the language model was asked about a user, and what it said. */
@NullMarked
package coldstream.app.scores;

import org.jspecify.annotations.NullMarked;
