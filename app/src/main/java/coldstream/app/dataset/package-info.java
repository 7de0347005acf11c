/** Finite streams to replay: folders of CSV files, MovieLens from the network, and a simulated shop. */
@NullMarked
package coldstream.app.dataset;

import org.jspecify.annotations.NullMarked;
