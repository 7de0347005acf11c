@NullMarked
package coldstream.app.dlq;

import org.jspecify.annotations.NullMarked;
