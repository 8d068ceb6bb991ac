package dev.monarch.sample.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Free ports, chosen before the processes that bind them start. */
final class Ports {

    /** Below the range of ephemeral ports, of which the tests use many. */
    private static final int FROM = 20_000;

    private static final int TO = 30_000;

    private Ports() {}

    static List<Integer> free(int count) {
        int start = ThreadLocalRandom.current().nextInt(FROM, TO);
        return IntStream.range(start, TO + (start - FROM))
                .map(port -> port < TO ? port : FROM + (port - TO))
                .filter(Ports::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
