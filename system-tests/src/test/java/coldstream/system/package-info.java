/** The processes together: real broker, real Redis, each service as its own process. */
@NullMarked
package coldstream.system;

import org.jspecify.annotations.NullMarked;
