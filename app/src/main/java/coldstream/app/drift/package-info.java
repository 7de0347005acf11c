/** What changed along a stream, drawn for people in one file. */
@NullMarked
package coldstream.app.drift;

import org.jspecify.annotations.NullMarked;
