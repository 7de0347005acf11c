package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeTest {

    @ParameterizedTest(name = "{0} with {1} GPUs is {2}")
    @CsvSource({"auto, 0, cpu", "auto, 2, gpu:0", "cpu, 2, cpu", "gpu:0, 1, gpu:0", "gpu:1, 2, gpu:1"})
    void theDeviceIsTheOneAskedForOrTheFirstGpuThereIs(String device, int gpus, String place) {
        assertThat(Compute.place(device, gpus > 0, gpus)).isEqualTo(place);
    }

    @Test
    void aGpuThatIsNotThereIsAnErrorAndNeverTheCpuInstead() {
        assertThatThrownBy(() -> Compute.place("gpu:1", true, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be one that PyTorch sees, got gpu:1 where it sees 1 GPUs;"
                        + " docs/gpu.md says how to give it one");
        assertThatThrownBy(() -> Compute.place("gpu:0", false, 0))
                .hasMessage("device must be one that PyTorch sees, got gpu:0 where it sees 0 GPUs because this build of"
                        + " it is for the CPU; docs/gpu.md says how to give it one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu:-1", "cuda:0", "GPU:0", ""})
    void anythingElseIsNoDevice(String device) {
        assertThatThrownBy(() -> new Compute(device, 1))
                .hasMessage("device must be auto, cpu or gpu:N such as gpu:0, got " + device);
    }

    /** Numbers on a GPU are added up in another order, so they agree with the CPU's only so far. */
    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "deepfm", "din"})
    void aGpuAnswersWhatTheCpuDoes(String backbone) {
        assumeThat(new Compute("auto", 1).place())
                .as("this needs a GPU and a CUDA build of PyTorch, see docs/gpu.md")
                .isEqualTo("gpu:0");
        try (SmallModel cpu = new SmallModel(backbone);
                SmallModel gpu = new SmallModel(backbone, new Compute("gpu:0", 1))) {
            cpu.learn(3);
            gpu.learn(3);
            assertThat(gpu.model.logits(gpu.batch(6))).containsExactly(cpu.model.logits(cpu.batch(6)), within(1e-4f));
        }
    }
}
