@NullMarked
package coldstream.evaluation.paired;

import org.jspecify.annotations.NullMarked;
