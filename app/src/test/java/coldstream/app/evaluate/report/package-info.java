/** Tests of the package of this name. */
@NullMarked
package coldstream.app.evaluate.report;

import org.jspecify.annotations.NullMarked;
