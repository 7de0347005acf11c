package coldstream.app;

import coldstream.model.backbone.Backbones;
import java.util.Iterator;

/** The backbones, for a command's help. */
public final class BackboneNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Backbones.names().iterator();
    }
}
