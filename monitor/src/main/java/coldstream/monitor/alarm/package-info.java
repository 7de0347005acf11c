/** Alarms after they were raised: told once, to everybody, acted on, and closed. */
@NullMarked
package coldstream.monitor.alarm;

import org.jspecify.annotations.NullMarked;
