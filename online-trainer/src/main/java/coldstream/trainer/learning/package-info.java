/**
 * Learning from a stream: predict, record, learn. Single-threaded and deterministic; knows no Kafka, no clock and no
 * randomness but its seed.
 */
@NullMarked
package coldstream.trainer.learning;

import org.jspecify.annotations.NullMarked;
