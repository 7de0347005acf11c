package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;

/** A kind of job that a worker process can do; adding one is a class and a line in {@code WorkerCommand}. */
public interface Work {

    /** Names the kind. */
    String kind();

    /**
     * Does one job. What it returns must depend on the input alone, so that it does not matter which process did it.
     *
     * @param input as the one who asked wrote it
     */
    JsonNode run(JsonNode input, Progress progress) throws Exception;

    /** Told how far a job is. */
    interface Progress {

        /**
         * @param share done, in [0, 1]
         * @param news for people, such as how good so far
         */
        void at(double share, String news);
    }
}
