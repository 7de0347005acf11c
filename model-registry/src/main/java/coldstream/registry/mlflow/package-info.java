/** MLflow's forms over HTTP: models, versions, aliases, tags, stages and the artifact proxy. */
@NullMarked
package coldstream.registry.mlflow;

import org.jspecify.annotations.NullMarked;
