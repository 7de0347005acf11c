package coldstream.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamingCalibrationTest {

    /** Python groups the rows by bin and takes means; here they only pass by. */
    @Test
    void ratioAndErrorAreThosePythonFinds() throws IOException {
        StreamingCalibration calibration = new StreamingCalibration();
        int checked = 0;
        for (String line : lines()) {
            String[] parts = line.replace("= ", "").split(";", -1);
            if (line.startsWith("= ")) {
                assertThat(calibration.ratio()).isEqualTo(Double.parseDouble(parts[0]), within(1e-12));
                assertThat(calibration.error()).isEqualTo(Double.parseDouble(parts[1]), within(1e-12));
                checked++;
            } else {
                calibration.add(Double.parseDouble(parts[0]), parts[1].equals("1"));
            }
        }
        assertThat(calibration.rows()).isEqualTo(300);
        assertThat(checked).isEqualTo(1);
    }

    @Test
    void theRatioOfRightProbabilitiesDeviatesAsItSays() {
        Random random = new Random(3);
        double squares = 0;
        int rounds = 2_000;
        double said = 0;
        StreamingCalibration calibration = new StreamingCalibration();
        for (int round = 0; round < rounds; round++) {
            for (int row = 0; row < 400; row++) {
                double probability = 0.1 + 0.6 * random.nextDouble();
                calibration.add(probability, random.nextDouble() < probability);
            }
            squares += Math.pow(calibration.ratio() - 1, 2) / rounds;
            said += calibration.ratioDeviation() / rounds;
            calibration.clear();
        }
        assertThat(said).isEqualTo(Math.sqrt(squares), within(0.08 * said));
    }

    @Test
    void nothingIsKnownOfNoRows() {
        StreamingCalibration calibration = new StreamingCalibration();
        assertThat(calibration.ratio()).isNaN();
        assertThat(calibration.error()).isNaN();
        assertThatThrownBy(() -> calibration.add(1.1, true)).hasMessage("a probability must be 0 to 1, got 1.1");
    }

    private static Iterable<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(StreamingCalibrationTest.class.getResourceAsStream("/drift/calibration.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
