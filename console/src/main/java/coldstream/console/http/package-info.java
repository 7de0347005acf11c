/** What the console answers over HTTP, and to whom. */
@NullMarked
package coldstream.console.http;

import org.jspecify.annotations.NullMarked;
