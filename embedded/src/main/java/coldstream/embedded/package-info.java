/** A real Kafka broker in the JVM and a real Redis server beside it, for a laptop, a demo and the tests. */
@NullMarked
package coldstream.embedded;

import org.jspecify.annotations.NullMarked;
