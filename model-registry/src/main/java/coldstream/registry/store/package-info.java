/** What the registry knows, in SQL: models, versions, aliases, tags, the audit, and the rules of its names. */
@NullMarked
package coldstream.registry.store;

import org.jspecify.annotations.NullMarked;
