/**
 * Stand-ins for a language model: a good one, useless ones and one that knows the future, to see what guidance makes of each.
 */
@NullMarked
package coldstream.app.evaluate.teacher;

import org.jspecify.annotations.NullMarked;
