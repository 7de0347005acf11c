/** The process that learns: it predicts every sample before it learns from it, and loses or repeats none. */
@NullMarked
package coldstream.trainer;

import org.jspecify.annotations.NullMarked;
