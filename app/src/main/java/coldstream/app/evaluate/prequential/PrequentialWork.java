package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.report.RunResult;
import coldstream.app.evaluate.worker.Messages;
import coldstream.app.evaluate.worker.Work;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Runs one arm with one seed over the prepared stream. */
public final class PrequentialWork implements Work {

    @Override
    public String kind() {
        return ArmJob.KIND;
    }

    @Override
    public JsonNode run(JsonNode input, Progress progress) throws IOException, InterruptedException {
        RunResult result = ArmRun.of(Messages.value(input, ArmJob.class), progress);
        return Messages.tree(result);
    }
}
