/** What the judge takes from training. */
@NullMarked
package coldstream.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
