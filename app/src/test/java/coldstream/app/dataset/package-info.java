/** Tests of the data sets, with files of a few lines. */
@NullMarked
package coldstream.app.dataset;

import org.jspecify.annotations.NullMarked;
