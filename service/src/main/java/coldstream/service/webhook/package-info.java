/** Telling strangers what happened, signed, and never at an address of this network unless that is allowed. */
@NullMarked
package coldstream.service.webhook;

import org.jspecify.annotations.NullMarked;
