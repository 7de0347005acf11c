@NullMarked
package coldstream.app.evaluate.worlds;

import org.jspecify.annotations.NullMarked;
