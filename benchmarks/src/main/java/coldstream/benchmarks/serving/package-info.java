/** Serving in a process of its own under a load that does not wait for it. */
@NullMarked
package coldstream.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
