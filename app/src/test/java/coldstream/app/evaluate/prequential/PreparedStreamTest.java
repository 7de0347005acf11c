package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.SimulatedShop;
import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.teacher.Teachers;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.LabelRules;
import coldstream.domain.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparedStreamTest {

    private static final SimulatedShop SHOP = new SimulatedShop(2_000, 4);
    private static final double AUDITS = 0.1;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void samplesAndCatalogueComeBackAsTheyWere() throws IOException {
        List<Item> items = SHOP.items().toList();
        PreparedStream stream = write(items, Map.of());
        LocalIngest ingest = new LocalIngest(LabelRules.EXPLICIT, AUDITS);
        List<Sample> expected =
                SHOP.interactions().map(event -> ingest.accept(event).sample()).toList();

        assertThat(stream.events()).isEqualTo(expected.size());
        assertThat(stream.users())
                .isEqualTo((int) expected.stream().map(Sample::user).distinct().count());
        try (SampleFile.Reader samples = stream.samples()) {
            for (Sample sample : expected) {
                assertThat(samples.read()).isEqualTo(sample);
            }
        }
        List<Item> read = new ArrayList<>();
        stream.items(read::add);
        assertThat(read).isEqualTo(items);
    }

    @Test
    void vectorsAndAnswersComeBackAsTheTeacherGaveThem() throws IOException {
        List<Item> items = SHOP.items().toList();
        PreparedStream stream = write(items, Map.of("random", random(items)));
        List<AnswerFile.Answer> expected = answers(random(items));

        List<ItemVector> vectors = new ArrayList<>();
        stream.vectors("random", vectors::add);
        assertThat(vectors).isEqualTo(random(items).vectors());
        try (AnswerFile.Reader answers = stream.answers("random")) {
            for (AnswerFile.Answer answer : expected) {
                assertThat(answers.read()).contains(answer);
            }
            assertThat(answers.read()).isEmpty();
        }
        assertThat(expected).hasSizeGreaterThan(100);
    }

    private PreparedStream write(List<Item> items, Map<String, Teacher> teachers) throws IOException {
        try (Stream<Interaction> interactions = SHOP.interactions()) {
            return PreparedStream.write(
                    folder, items, interactions, new LocalIngest(LabelRules.EXPLICIT, AUDITS), teachers, events -> {});
        }
    }

    /** The rule in one loop: what was due before the event, then what the event leads to. */
    private static List<AnswerFile.Answer> answers(Teacher teacher) {
        LocalIngest ingest = new LocalIngest(LabelRules.EXPLICIT, AUDITS);
        List<AnswerFile.Answer> answers = new ArrayList<>();
        int event = 0;
        for (Interaction interaction : SHOP.interactions().toList()) {
            LocalIngest.Outcome outcome = ingest.accept(interaction);
            int number = event++;
            outcome.due().forEach(request -> teacher.answer(request)
                    .ifPresent(scores -> answers.add(new AnswerFile.Answer(number, scores, request.history()))));
            if (outcome.sample().label() == 1) {
                teacher.taken(outcome.sample().user(), outcome.sample().item());
            }
            outcome.request().ifPresent(request -> teacher.answer(request)
                    .ifPresent(scores -> answers.add(new AnswerFile.Answer(number, scores, request.history()))));
        }
        return answers;
    }

    private static Teacher random(List<Item> items) {
        return Teachers.of("random", items, List::of, Stream::of, LabelRules.EXPLICIT);
    }
}
