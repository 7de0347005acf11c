@NullMarked
package coldstream.console.stream;

import org.jspecify.annotations.NullMarked;
