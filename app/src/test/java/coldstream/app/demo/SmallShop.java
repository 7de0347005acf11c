package coldstream.app.demo;

import coldstream.app.dataset.SimulatedShop;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A data set of a few hundred events in a folder, and ports for a demo on it. */
final class SmallShop {

    private SmallShop() {}

    static Path write(Path folder, int events) {
        SimulatedShop shop = new SimulatedShop(events, 5);
        StringBuilder interactions = new StringBuilder("user_id,item_id,rating,timestamp\n");
        for (Interaction row : shop.interactions().toList()) {
            interactions.append("%s,%s,%s,%d%n"
                    .formatted(
                            row.user(),
                            row.item(),
                            row.value().orElse(0),
                            row.timestamp().getEpochSecond()));
        }
        StringBuilder items = new StringBuilder("item_id,title,categories,brand,description\n");
        for (Item item : shop.items().toList()) {
            items.append("%s,\"%s\",%s,,%n".formatted(item.item(), item.title(), String.join("|", item.categories())));
        }
        try {
            Files.writeString(folder.resolve("interactions.csv"), interactions);
            Files.writeString(folder.resolve("items.csv"), items);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** An offset at which every port of a demo was free a moment ago. */
    static int freeOffset() {
        RandomGenerator random = RandomGenerator.getDefault();
        while (true) {
            int offset = random.nextInt(10_000, 23_000); // below the ports the system gives to whoever calls out
            DemoPorts ports = DemoPorts.offset(offset);
            if (IntStream.of(
                            ports.kafka(),
                            ports.redis(),
                            ports.ingest(),
                            ports.serving(),
                            ports.registry(),
                            ports.trainer(),
                            ports.scorer(),
                            ports.console())
                    .allMatch(SmallShop::free)) {
                return offset;
            }
        }
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that runs {@code coldstream} with this class path. */
    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path"),
                "coldstream.app.Coldstream"));
        command.addAll(arguments);
        return command;
    }
}
