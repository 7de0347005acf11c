@NullMarked
package coldstream.app.status;

import org.jspecify.annotations.NullMarked;
