/**
 * The networks: from features to a logit, by tensor operations alone. One class each behind {@link
 * coldstream.model.backbone.Backbone}, registered in {@link coldstream.model.backbone.Backbones}.
 */
@NullMarked
package coldstream.model.backbone;

import org.jspecify.annotations.NullMarked;
