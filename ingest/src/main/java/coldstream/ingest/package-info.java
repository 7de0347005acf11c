/** Takes in what producers send, over HTTP and from Kafka, and turns it into samples. */
@NullMarked
package coldstream.ingest;

import org.jspecify.annotations.NullMarked;
