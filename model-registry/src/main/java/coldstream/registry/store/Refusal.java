package coldstream.registry.store;

import coldstream.service.ProblemException;

/** What the registry says no with: MLflow's error codes and their HTTP status. */
public enum Refusal {
    INVALID_PARAMETER_VALUE(400),
    RESOURCE_ALREADY_EXISTS(400),
    UNAUTHENTICATED(401),
    PERMISSION_DENIED(403),
    RESOURCE_DOES_NOT_EXIST(404),
    ENDPOINT_NOT_FOUND(404),
    RESOURCE_LIMIT_EXCEEDED(413),
    INTERNAL_ERROR(500),

    /** A file is not what was written; asking again does not help. */
    DATA_LOSS(500);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The exception that ends the request. */
    public ProblemException because(String message) {
        return new ProblemException(status, name(), message);
    }

    /** The same, with a rule's own words. */
    public ProblemException because(RuntimeException broken) {
        return because(String.valueOf(broken.getMessage()));
    }

    /** The code for a status nobody named. */
    public static Refusal of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404, 405 -> ENDPOINT_NOT_FOUND;
            case 413 -> RESOURCE_LIMIT_EXCEEDED;
            default -> status < 500 ? INVALID_PARAMETER_VALUE : INTERNAL_ERROR;
        };
    }
}
