/** {@code coldstream gate}: how far the language model is trusted, and on what evidence. */
@NullMarked
package coldstream.app.gate;

import org.jspecify.annotations.NullMarked;
