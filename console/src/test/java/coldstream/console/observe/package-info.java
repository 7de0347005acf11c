@NullMarked
package coldstream.console.observe;

import org.jspecify.annotations.NullMarked;
