/** The console: what all services say, on one page, and what a person decides there. */
@NullMarked
package coldstream.console;

import org.jspecify.annotations.NullMarked;
