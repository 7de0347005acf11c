/** What the services say of themselves, asked again and again, and how that went over time. */
@NullMarked
package coldstream.console.observe;

import org.jspecify.annotations.NullMarked;
