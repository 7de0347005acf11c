package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Does jobs. */
public interface JobRunner {

    /**
     * Does all jobs and gives their results in their order.
     *
     * @throws WorkerException if one ends without a result
     * @throws InterruptedException when interrupted; nothing goes on then
     */
    List<JsonNode> run(List<Job> jobs, JobDisplay display) throws InterruptedException;

    /** Makes one. */
    interface Factory {

        /**
         * @param parallel jobs at a time
         * @param keep where results are kept and looked for; empty for nowhere
         */
        JobRunner of(int parallel, WorkerMemory memory, Optional<Path> keep);
    }
}
