/** Answers with the champion, swapping versions without dropping a request. Asks no language model, writes nothing to Kafka. */
@NullMarked
package coldstream.serving;

import org.jspecify.annotations.NullMarked;
