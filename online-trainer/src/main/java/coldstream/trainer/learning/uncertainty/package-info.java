/** How unsure the student is of a row: five measures, brought to one scale. */
@NullMarked
package coldstream.trainer.learning.uncertainty;

import org.jspecify.annotations.NullMarked;
