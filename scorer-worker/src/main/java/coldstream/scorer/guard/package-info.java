/**
 * What keeps an ill endpoint from hurting the worker, and the worker from hurting an ill endpoint: a circuit breaker, pauses
 * that the endpoint asked for, and the rule of who is tried again when.
 */
@NullMarked
package coldstream.scorer.guard;

import org.jspecify.annotations.NullMarked;
