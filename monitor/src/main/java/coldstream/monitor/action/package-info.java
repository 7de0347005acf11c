/** What is done about a drift: by which rule, how often, by whom, and how it ends. */
@NullMarked
package coldstream.monitor.action;

import org.jspecify.annotations.NullMarked;
