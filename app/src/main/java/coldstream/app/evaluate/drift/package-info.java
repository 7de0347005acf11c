/** Streams where something changes at a known time: what is noticed of it, how soon, and what acting on it is worth. */
@NullMarked
package coldstream.app.evaluate.drift;

import org.jspecify.annotations.NullMarked;
