package coldstream.domain;

import java.util.List;

/** A language model that turns text into vectors whose cosine says how close two texts are. */
public interface TextEncoder extends AutoCloseable {

    /** Names the model and its version; stored with every vector. */
    String name();

    int dimension();

    /** One vector per text, of length 1, in order. */
    List<TextVector> encode(List<String> texts);

    @Override
    void close();
}
