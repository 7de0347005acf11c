@NullMarked
package coldstream.scorer.enrich;

import org.jspecify.annotations.NullMarked;
