/** What processes agree on: topics, JSON shapes, HTTP paths and the snapshot format. */
@NullMarked
package coldstream.wire;

import org.jspecify.annotations.NullMarked;
