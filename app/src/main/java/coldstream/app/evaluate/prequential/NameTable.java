package coldstream.app.evaluate.prequential;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a name once in full and afterwards by its number. */
final class NameTable {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    void write(String name, DataOutput out) throws IOException {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        out.writeInt(known == null ? numbers.size() - 1 : known);
        if (known == null) {
            out.writeUTF(name);
        }
    }

    String read(DataInput in) throws IOException {
        int number = in.readInt();
        if (number == names.size()) {
            names.add(in.readUTF());
        }
        return names.get(number);
    }
}
