/** Fixtures that the tests of several modules share: a real broker, a real Redis, examples of values, a patient wait. */
@NullMarked
package coldstream.testkit;

import org.jspecify.annotations.NullMarked;
