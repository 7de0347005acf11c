/** Tests of the measures against slow definitions that share no code with them. */
@NullMarked
package coldstream.evaluation;

import org.jspecify.annotations.NullMarked;
