/** {@code coldstream dlq}: records that nobody could process. */
@NullMarked
package coldstream.app.dlq;

import org.jspecify.annotations.NullMarked;
