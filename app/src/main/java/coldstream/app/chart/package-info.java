/** Drawings for people, as text that any browser shows. */
@NullMarked
package coldstream.app.chart;

import org.jspecify.annotations.NullMarked;
