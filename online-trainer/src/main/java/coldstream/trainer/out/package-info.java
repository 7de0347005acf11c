/** What the trainer gives away: snapshots, kept on disk and published to the registry. */
@NullMarked
package coldstream.trainer.out;

import org.jspecify.annotations.NullMarked;
