/** Measures arms of the learner on a data set: the services' own rules and learning code, without Kafka. */
@NullMarked
package coldstream.app.evaluate;

import org.jspecify.annotations.NullMarked;
