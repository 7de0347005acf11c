package coldstream.wire;

import coldstream.domain.DriftAlert;
import coldstream.domain.ItemId;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The one JSON dialect of the system: snake_case, ISO-8601 times, ids as plain strings.
 *
 * <p>On read, a missing or retyped required field fails and an unknown field is tolerated; {@code Optional} components may
 * be missing.
 */
public final class Json {

    private static final JsonMapper MAPPER = newMapper();

    private Json() {}

    /** The mapper itself, for trees. Do not reconfigure it. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** A Kafka serde for {@code type}; nothing is a tombstone in both directions. */
    public static <T> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : write(value),
                (topic, bytes) -> bytes == null ? null : read(bytes, type));
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new SerializationException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /**
     * Reads one value.
     *
     * @throws SerializationException with the reason, if the bytes are not such a value
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (JsonProcessingException e) {
            throw new SerializationException("cannot read " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SerializationException("cannot read " + type.getSimpleName(), e);
        }
    }

    private static JsonMapper newMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .addModule(new SimpleModule()
                        .addSerializer(new VectorWriter())
                        .addDeserializer(TextVector.class, new VectorReader()))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .addMixIn(UserId.class, AsString.class)
                .addMixIn(ItemId.class, AsString.class)
                .addMixIn(Directive.Kind.class, AsWritten.class)
                .addMixIn(DriftAlert.Severity.class, AsWritten.class)
                .addMixIn(DriftAlert.Action.Outcome.class, AsWritten.class)
                .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }

    @SuppressWarnings("UnusedVariable") // Jackson reads the signatures, nobody calls them
    private abstract static class AsString {
        @JsonValue
        abstract String value();

        @JsonCreator
        AsString(String value) {}
    }

    /** An enum in its own words. */
    private abstract static class AsWritten {
        @JsonValue
        @Override
        public abstract String toString();
    }

    /** Base64 of little-endian float32. */
    private static final class VectorWriter extends StdSerializer<TextVector> {

        private static final long serialVersionUID = 1;

        VectorWriter() {
            super(TextVector.class);
        }

        @Override
        public void serialize(TextVector vector, JsonGenerator out, SerializerProvider provider) throws IOException {
            ByteBuffer bytes =
                    ByteBuffer.allocate(vector.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector.toArray());
            out.writeString(Base64.getEncoder().encodeToString(bytes.array()));
        }
    }

    private static final class VectorReader extends StdDeserializer<TextVector> {

        private static final long serialVersionUID = 1;

        VectorReader() {
            super(TextVector.class);
        }

        @Override
        public TextVector deserialize(JsonParser in, DeserializationContext context) throws IOException {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(in.getText());
            } catch (IllegalArgumentException e) {
                return (TextVector) context.handleWeirdStringValue(TextVector.class, in.getText(), "not base64");
            }
            float[] values = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return TextVector.of(values);
        }
    }
}
