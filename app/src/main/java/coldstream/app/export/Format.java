package coldstream.app.export;

import coldstream.app.export.onnx.OnnxModel;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The forms a snapshot can be exported in. */
enum Format {
    /** {@code model.onnx}: ids in, scores out. */
    ONNX {
        @Override
        void write(Exported exported, Path folder) {
            Map<String, String> notes = Map.of(
                    "coldstream.snapshot", exported.id(),
                    "coldstream.model", exported.manifest().model(),
                    "coldstream.code_commit", exported.manifest().codeCommit());
            OnnxModel.write(exported.model(), notes, folder.resolve("model.onnx"));
            Ids.write(exported.model(), folder);
        }
    },

    /** {@code model.safetensors}: all numbers by name. */
    SAFETENSORS {
        @Override
        void write(Exported exported, Path folder) {
            TensorFile.write(exported, folder.resolve("model.safetensors"));
            Ids.write(exported.model(), folder);
            bytes(folder.resolve("model.json"), Json.write(Meaning.of(exported)));
        }
    },

    /** {@code card.md}: what it is, for people. */
    CARD {
        @Override
        void write(Exported exported, Path folder) {
            bytes(folder.resolve("card.md"), ModelCard.of(exported).getBytes(StandardCharsets.UTF_8));
        }
    };

    /** Writes this form's files into a folder. */
    abstract void write(Exported exported, Path folder);

    private static void bytes(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
