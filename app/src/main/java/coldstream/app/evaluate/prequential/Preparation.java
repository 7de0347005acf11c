package coldstream.app.evaluate.prequential;

import coldstream.app.Panel;
import coldstream.app.dataset.DataSet;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.teacher.Teachers;
import coldstream.app.evaluate.teacher.Worsening;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes ready, once, what every worker reads. */
final class Preparation {

    private static final double AUDIT_RATE = 0.02;

    private final DataSet dataSet;
    private final EvaluateOptions options;
    private final Panel panel;
    private final List<Item> items;

    Preparation(DataSet dataSet, EvaluateOptions options, Panel panel) {
        this.dataSet = dataSet;
        this.options = options;
        this.panel = panel;
        try (Stream<Item> catalogue = dataSet.items()) {
            items = catalogue.toList();
        }
    }

    PreparedStream into(Path folder) throws IOException {
        Map<String, Teacher> teachers = new LinkedHashMap<>();
        for (Arm arm : options.arms()) {
            if (arm.taught() && !teachers.containsKey(arm.teacher())) {
                Teacher teacher =
                        Teachers.of(arm.teacher(), items, this::texts, this::interactions, options.labelRules());
                teachers.put(arm.teacher(), Worsening.of(teacher, dataSet));
            }
        }
        try (Stream<Interaction> interactions = interactions()) {
            return PreparedStream.write(
                    folder,
                    items,
                    interactions,
                    new LocalIngest(options.labelRules(), AUDIT_RATE),
                    teachers,
                    events -> panel.show(List.of("reading: %,d events".formatted(events))));
        } finally {
            panel.clear();
        }
    }

    private Stream<Interaction> interactions() {
        return dataSet.interactions().limit(options.limit());
    }

    private List<ItemVector> texts() {
        return TextTeacher.vectors(items, news -> panel.show(List.of(news)));
    }
}
