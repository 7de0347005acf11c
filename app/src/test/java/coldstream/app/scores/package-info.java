@NullMarked
package coldstream.app.scores;

import org.jspecify.annotations.NullMarked;
