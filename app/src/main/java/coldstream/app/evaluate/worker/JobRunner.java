package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Does jobs. */
public interface JobRunner {

    /**
     * Does all jobs and gives their results in their order.
     *
     * @throws WorkerException if one ends without a result
     * @throws InterruptedException when interrupted; nothing goes on then
     */
    List<JsonNode> run(List<Job> jobs, JobDisplay display) throws InterruptedException;

    /** Makes one for so many jobs at a time. */
    interface Factory {

        JobRunner of(int parallel, WorkerMemory memory);
    }
}
