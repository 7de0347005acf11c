/** What every way of measuring shares: the port, the command line's options, the arms compared. */
@NullMarked
package coldstream.app.evaluate.protocol;

import org.jspecify.annotations.NullMarked;
