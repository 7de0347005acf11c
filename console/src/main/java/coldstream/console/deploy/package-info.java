/** Versions, why they serve, and the two things a person may do about it. */
@NullMarked
package coldstream.console.deploy;

import org.jspecify.annotations.NullMarked;
