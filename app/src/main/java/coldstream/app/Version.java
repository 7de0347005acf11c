package coldstream.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar that runs. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Coldstream.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"coldstream " + version};
    }
}
