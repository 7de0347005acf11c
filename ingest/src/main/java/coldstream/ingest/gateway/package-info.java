/** HTTP in, Kafka out: events are answered once Kafka has them. */
@NullMarked
package coldstream.ingest.gateway;

import org.jspecify.annotations.NullMarked;
