@NullMarked
package coldstream.console.deadletter;

import org.jspecify.annotations.NullMarked;
