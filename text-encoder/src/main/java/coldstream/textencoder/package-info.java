/** The language model in the process: text in, vector out, on the CPU and without a network. */
@NullMarked
package coldstream.textencoder;

import org.jspecify.annotations.NullMarked;
