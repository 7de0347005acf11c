/** The page in a real browser. */
@NullMarked
package coldstream.console.browser;

import org.jspecify.annotations.NullMarked;
