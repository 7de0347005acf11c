/** The paper's protocol: a fixed split, training in epochs, the last item of every user as the test. */
@NullMarked
package coldstream.app.evaluate.offline;

import org.jspecify.annotations.NullMarked;
