@NullMarked
package coldstream.console;

import org.jspecify.annotations.NullMarked;
