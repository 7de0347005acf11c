/** Test, then train: arms over the stream, each event predicted before it is learnt. */
@NullMarked
package coldstream.app.evaluate.prequential;

import org.jspecify.annotations.NullMarked;
