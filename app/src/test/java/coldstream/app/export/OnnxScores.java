package coldstream.app.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores by ONNX Runtime, which knows nothing of us. */
final class OnnxScores implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxScores(Path file) throws OrtException {
        session = environment.createSession(file.toString(), new OrtSession.SessionOptions());
    }

    float[] score(UserState state, UserId user, List<ItemId> items) throws OrtException {
        return score(state, user, items, new float[0]);
    }

    /** @param profile of no numbers for a model that has no such input */
    float[] score(UserState state, UserId user, List<ItemId> items, float[] profile) throws OrtException {
        String[] history = state.history().stream().map(ItemId::value).toArray(String[]::new);
        String[] asked = items.stream().map(ItemId::value).toArray(String[]::new);
        try (OnnxTensor userTensor = OnnxTensor.createTensor(environment, new String[] {user.value()});
                OnnxTensor count = OnnxTensor.createTensor(environment, new long[] {state.count()});
                OnnxTensor negatives = OnnxTensor.createTensor(environment, new long[] {state.negatives()});
                OnnxTensor historyTensor = OnnxTensor.createTensor(environment, history, new long[] {history.length});
                OnnxTensor itemsTensor = OnnxTensor.createTensor(environment, asked, new long[] {asked.length});
                OnnxTensor profileTensor =
                        OnnxTensor.createTensor(environment, profile.length == 0 ? new float[1] : profile);
                OrtSession.Result result = session.run(inputs(
                        profile.length == 0 ? Map.of() : Map.of("profile", profileTensor),
                        Map.of(
                                "user", userTensor,
                                "user_count", count,
                                "user_negatives", negatives,
                                "history", historyTensor,
                                "items", itemsTensor)))) {
            return (float[]) result.get("scores").orElseThrow().getValue();
        }
    }

    private static Map<String, OnnxTensor> inputs(Map<String, OnnxTensor> profile, Map<String, OnnxTensor> others) {
        Map<String, OnnxTensor> inputs = new HashMap<>(others);
        inputs.putAll(profile);
        return inputs;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
