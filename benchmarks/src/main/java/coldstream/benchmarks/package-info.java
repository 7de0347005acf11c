/** What the product costs, measured side by side with what it could cost. Never part of the test. */
@NullMarked
package coldstream.benchmarks;

import org.jspecify.annotations.NullMarked;
