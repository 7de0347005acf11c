/** How things are counted: names with tags from closed sets. */
@NullMarked
package coldstream.scorer.metrics;

import org.jspecify.annotations.NullMarked;
