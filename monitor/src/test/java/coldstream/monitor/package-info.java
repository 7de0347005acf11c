@NullMarked
package coldstream.monitor;

import org.jspecify.annotations.NullMarked;
