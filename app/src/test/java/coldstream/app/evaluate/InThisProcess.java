package coldstream.app.evaluate;

import coldstream.app.evaluate.worker.Job;
import coldstream.app.evaluate.worker.JobDisplay;
import coldstream.app.evaluate.worker.JobRunner;
import coldstream.app.evaluate.worker.Messages;
import coldstream.app.evaluate.worker.Work;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Does jobs one by one where it is called; inputs and results go through the same form as between processes. */
public record InThisProcess(List<Work> kinds) implements JobRunner {

    @Override
    public List<JsonNode> run(List<Job> jobs, JobDisplay display) throws InterruptedException {
        List<JsonNode> results = new ArrayList<>();
        for (Job job : jobs) {
            Work work = kinds.stream()
                    .filter(one -> one.kind().equals(job.kind()))
                    .findFirst()
                    .orElseThrow();
            try {
                JsonNode result = work.run(job.input(), (share, news) -> {});
                results.add(Messages.value(Messages.tree(result), JsonNode.class));
            } catch (InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(job.name(), e);
            }
        }
        return results;
    }
}
