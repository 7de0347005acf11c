package coldstream.monitor.action;

import coldstream.wire.RegistryException;
import java.util.function.Supplier;

/** Calls of the registry whose failures are those of an action. */
final class RegistryCall {

    private RegistryCall() {}

    static <T> T asked(Supplier<T> call) throws ActionException {
        try {
            return call.get();
        } catch (RegistryException.Unavailable e) {
            throw new ActionException(String.valueOf(e.getMessage()), true, e);
        } catch (RegistryException e) {
            throw new ActionException(String.valueOf(e.getMessage()), false, e);
        }
    }
}
