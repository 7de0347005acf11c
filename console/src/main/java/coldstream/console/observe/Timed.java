package coldstream.console.observe;

import java.time.Instant;

/** Something that was so at a moment. */
interface Timed {

    Instant time();
}
