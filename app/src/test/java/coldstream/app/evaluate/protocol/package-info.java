/** Tests of the evaluation on streams small enough to follow by hand, and on a simulated shop. */
@NullMarked
package coldstream.app.evaluate.protocol;

import org.jspecify.annotations.NullMarked;
