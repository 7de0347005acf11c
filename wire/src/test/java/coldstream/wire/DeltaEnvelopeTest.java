package coldstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.wire.DeltaEnvelope.DamagedException;
import coldstream.wire.DeltaEnvelope.Stamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeltaEnvelopeTest {

    private static final Stamp STAMP = new Stamp(300, -2, Stamp.base("0123456789abcdef".repeat(4)));

    @Test
    void theBytesAreTheFormat() {
        byte[] bytes = DeltaEnvelope.seal("items|4", STAMP, new byte[] {7, 8});

        assertThat(HexFormat.of().formatHex(bytes, 0, bytes.length - 4))
                .isEqualTo("01" + "000000000000012c" + "fffffffffffffffe" + "0123456789abcdef" + "0708");
        assertThat(DeltaEnvelope.open("items|4", bytes).stamp()).isEqualTo(STAMP);
        assertThat(DeltaEnvelope.open("items|4", bytes).content()).containsExactly(7, 8);
    }

    @Test
    void anyOtherBitLengthOrKeyIsDamage() {
        byte[] bytes = DeltaEnvelope.seal("items|4", STAMP, new byte[] {7, 8});
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> DeltaEnvelope.open("items|4", damaged)).isInstanceOf(DamagedException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> DeltaEnvelope.open("items|4", cut)).isInstanceOf(DamagedException.class);
        }
        assertThatThrownBy(() -> DeltaEnvelope.open("items|5", bytes)).isInstanceOf(DamagedException.class);
    }

    @Test
    void theMarkerSFormIsStable() {
        var marker = new EpochMarker(
                EpochMarker.FORMAT_VERSION,
                "ctr",
                "abc",
                5,
                6,
                9,
                42,
                1_000,
                new TreeMap<>(Map.of("coldstream.samples.v1-0", 77L)),
                Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
                List.of(new EpochMarker.Arrival(1_767_323_045_000L, 3)),
                Instant.parse("2026-01-02T03:04:06Z"));
        String json =
                "{\"format_version\":1,\"model\":\"ctr\",\"base\":\"abc\",\"base_step\":5,\"from_step\":6,\"step\":9,"
                        + "\"records\":42,\"samples\":1000,\"offsets\":{\"coldstream.samples.v1-0\":77},"
                        + "\"newest_ingest_time\":\"2026-01-02T03:04:05Z\","
                        + "\"arrivals\":[{\"millis\":1767323045000,\"events\":3}],\"at\":\"2026-01-02T03:04:06Z\"}";

        assertThat(new String(Json.write(marker), UTF_8)).isEqualTo(json);
        assertThat(Json.read(json.getBytes(UTF_8), EpochMarker.class)).isEqualTo(marker);
        assertThat(EpochMarker.key(9)).isEqualTo("epoch|9");
    }
}
