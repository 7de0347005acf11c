/**
 * A snapshot as an ONNX graph: ids in, scores out. {@link coldstream.app.export.onnx.OnnxModel} puts it together; every
 * backbone is one class, listed in {@link coldstream.app.export.onnx.BackboneGraphs}.
 */
@NullMarked
package coldstream.app.export.onnx;

import org.jspecify.annotations.NullMarked;
