@NullMarked
package coldstream.monitor.alarm;

import org.jspecify.annotations.NullMarked;
