/**
 * The only Redis code: scores, user states and popularity under the key format v1.
 *
 * <p>Every key has a bound and a time to live, every write carries absolute values, and nothing here is the truth: the
 * topics are.
 */
@NullMarked
package coldstream.scorestore;

import org.jspecify.annotations.NullMarked;
