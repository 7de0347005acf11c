@NullMarked
package coldstream.scorer.profile;

import org.jspecify.annotations.NullMarked;
