@NullMarked
package coldstream.monitor.action;

import org.jspecify.annotations.NullMarked;
