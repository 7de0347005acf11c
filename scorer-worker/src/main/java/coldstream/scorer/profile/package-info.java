/**
 * Taste profiles: what a user is likely to want, as one vector among the items' texts.
 *
 * <p>{@link coldstream.scorer.profile.ProfileRule} says when one is due; a {@link coldstream.scorer.profile.ProfileMaker}
 * makes it, of a text a language model writes or of the items' own vectors.
 */
@NullMarked
package coldstream.scorer.profile;

import org.jspecify.annotations.NullMarked;
