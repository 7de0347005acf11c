package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A worker process for tests: says back what it is told, or fails as told. */
final class EchoWorker implements Work {

    static final String KIND = "echo";

    private EchoWorker() {}

    public static void main(String[] arguments) throws Exception {
        System.err.println("echo is here");
        new Worker(List.of(new EchoWorker()))
                .serve(System.in, System.out, () -> Runtime.getRuntime().halt(0));
        System.exit(0);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode run(JsonNode input, Progress progress) throws InterruptedException {
        progress.at(0.5, "half of " + input.asText());
        switch (input.asText()) {
            case "die" -> {
                System.err.println("I am told to die");
                Runtime.getRuntime().halt(7);
            }
            case "throw" -> throw new IllegalStateException("I am told to throw");
            case "hang" -> Thread.sleep(600_000);
            default -> {
                return Messages.tree(List.of(input.asText(), Double.NaN, 0.1 + 0.2));
            }
        }
        throw new IllegalStateException("nobody gets here");
    }
}
