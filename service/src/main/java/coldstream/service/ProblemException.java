package coldstream.service;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public ProblemException(int status, String title, String detail) {
        this(new Problem(status, title, detail));
    }

    public Problem problem() {
        return problem;
    }
}
