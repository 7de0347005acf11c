/** What processes agree on: topics, JSON shapes, HTTP paths, the snapshot format, and the client of the registry. */
@NullMarked
package coldstream.wire;

import org.jspecify.annotations.NullMarked;
