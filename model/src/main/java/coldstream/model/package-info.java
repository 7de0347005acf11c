/**
 * The tensor maths: rows, the feature layer, backbones, optimisers and parameter files. PyTorch computes, Java remembers:
 * all state lives in Java arrays, and a tensor lives no longer than the pass that needs it.
 */
@NullMarked
package coldstream.model;

import org.jspecify.annotations.NullMarked;
