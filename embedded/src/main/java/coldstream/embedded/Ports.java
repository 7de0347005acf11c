package coldstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** TCP ports on the loopback address. */
public final class Ports {

    private static final int FIRST = 10_240;
    private static final int BEHIND = 30_000;

    private static final Random RANDOM = new Random(); // other processes choose as well
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /**
     * A port on which nobody listens, for a server that starts later, elsewhere, or again on the same one.
     *
     * <p>It is below those that the system gives to whoever calls out or asks for any port, so that nothing takes it in
     * between; and a process is given none twice.
     */
    public static synchronized int free() {
        while (true) {
            int port = FIRST + RANDOM.nextInt(BEHIND - FIRST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
    }

    /** Whether nobody listens there now. */
    public static boolean isFree(int port) {
        try {
            return port == bind(port);
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code port} itself if it is free, any free one for 0. */
    static int claim(String who, int port) {
        try {
            return bind(port);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("port " + port + " for " + who + " is in use"));
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }
}
