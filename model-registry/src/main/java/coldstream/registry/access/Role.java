package coldstream.registry.access;

/** What a caller may do. Whoever is known may read. */
public enum Role {

    /** Models, versions, files, the audit; and saying which version one uses. */
    READ,

    /** Uploads, new models and versions, descriptions and tags but those that decide. */
    PUBLISH,

    /** What decides about production: aliases, stages, deletion, webhooks, and everything that is not named elsewhere. */
    PROMOTE
}
