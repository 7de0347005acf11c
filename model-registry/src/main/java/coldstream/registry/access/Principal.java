package coldstream.registry.access;

import java.util.Set;

/** Somebody the registry knows, as the audit names them. */
public record Principal(String name, Set<Role> roles) {

    public Principal {
        roles = Set.copyOf(roles);
    }
}
