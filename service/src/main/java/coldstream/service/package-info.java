/** What every process needs: settings, an HTTP server with health and metrics, and an orderly start and stop. */
@NullMarked
package coldstream.service;

import org.jspecify.annotations.NullMarked;
