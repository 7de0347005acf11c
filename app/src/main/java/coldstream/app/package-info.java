/** The {@code coldstream} command: each service, the demo, replay, evaluation and what can be set. */
@NullMarked
package coldstream.app;

import org.jspecify.annotations.NullMarked;
