@NullMarked
package coldstream.app.evaluate.drift;

import org.jspecify.annotations.NullMarked;
