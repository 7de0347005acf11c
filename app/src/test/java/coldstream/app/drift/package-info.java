@NullMarked
package coldstream.app.drift;

import org.jspecify.annotations.NullMarked;
