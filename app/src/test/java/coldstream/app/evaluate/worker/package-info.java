/** Tests of the package of this name. */
@NullMarked
package coldstream.app.evaluate.worker;

import org.jspecify.annotations.NullMarked;
