/** What a user would otherwise pick, measured on the same events. */
@NullMarked
package coldstream.app.evaluate.peer;

import org.jspecify.annotations.NullMarked;
