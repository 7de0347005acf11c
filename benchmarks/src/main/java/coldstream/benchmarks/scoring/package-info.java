/** The scorer worker beside what bounds it: the bare encoder, and an endpoint's latency; and its memory over many requests. */
@NullMarked
package coldstream.benchmarks.scoring;

import org.jspecify.annotations.NullMarked;
