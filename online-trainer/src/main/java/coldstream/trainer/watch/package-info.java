/** Watches what the trainer reads, predicts and learns, and says when it changes; see {@code docs/monitoring.md}. */
@NullMarked
package coldstream.trainer.watch;

import org.jspecify.annotations.NullMarked;
