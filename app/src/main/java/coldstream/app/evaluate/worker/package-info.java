/**
 * Work done by processes of their own: one gradient pass at a time is all a JVM can do, so arms and seeds run beside each
 * other as processes.
 */
@NullMarked
package coldstream.app.evaluate.worker;

import org.jspecify.annotations.NullMarked;
