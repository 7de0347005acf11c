/** What serving answers over HTTP: recommendations, and the Open Inference Protocol. */
@NullMarked
package coldstream.serving.http;

import org.jspecify.annotations.NullMarked;
