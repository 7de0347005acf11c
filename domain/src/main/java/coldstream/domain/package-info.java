/** Values and pure rules of the recommender, and the ports its processes share. Plain Java, no library. */
@NullMarked
package coldstream.domain;

import org.jspecify.annotations.NullMarked;
