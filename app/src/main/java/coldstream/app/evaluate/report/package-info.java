/** What an evaluation found, for people and for machines. */
@NullMarked
package coldstream.app.evaluate.report;

import org.jspecify.annotations.NullMarked;
