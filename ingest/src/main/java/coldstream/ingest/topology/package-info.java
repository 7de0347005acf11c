/** The Kafka Streams topology: raw interactions become labelled samples and score requests. */
@NullMarked
package coldstream.ingest.topology;

import org.jspecify.annotations.NullMarked;
