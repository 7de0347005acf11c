/** Made-up worlds in which it is known how right a language model is, to see which gates find out. */
@NullMarked
package coldstream.app.evaluate.worlds;

import org.jspecify.annotations.NullMarked;
