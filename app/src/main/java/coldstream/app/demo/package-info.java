/** The whole system in one process: it replays a data set, shows what happens, and says what came of it. */
@NullMarked
package coldstream.app.demo;

import org.jspecify.annotations.NullMarked;
