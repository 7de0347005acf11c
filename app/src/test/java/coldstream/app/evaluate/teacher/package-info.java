/** Tests of the package of this name. */
@NullMarked
package coldstream.app.evaluate.teacher;

import org.jspecify.annotations.NullMarked;
