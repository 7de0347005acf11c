/** Records that nobody could process: found, explained, and sent to their topic again at most once. */
@NullMarked
package coldstream.console.deadletter;

import org.jspecify.annotations.NullMarked;
