@NullMarked
package coldstream.app.gate;

import org.jspecify.annotations.NullMarked;
