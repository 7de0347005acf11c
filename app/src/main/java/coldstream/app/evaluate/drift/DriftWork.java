package coldstream.app.evaluate.drift;

import coldstream.app.evaluate.worker.Messages;
import coldstream.app.evaluate.worker.Work;
import com.fasterxml.jackson.databind.JsonNode;

/** Learns one stream, once for each remedy. */
public final class DriftWork implements Work {

    @Override
    public String kind() {
        return DriftJob.KIND;
    }

    @Override
    public JsonNode run(JsonNode input, Progress progress) throws InterruptedException {
        return Messages.tree(DriftRun.of(Messages.value(input, DriftJob.class), progress));
    }
}
