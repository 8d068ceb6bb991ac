package dev.monarch.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import com.mongodb.ServerAddress;

/**
 * A link to a server that is as slow as a network: a proxy with a limited rate and a delay in each direction.
 *
 * <p>All connections share the rate of a direction. A direction holds as many bytes as it delivers within its delay, and a
 * few chunks more.
 */
final class SlowLink implements Closeable {

    private static final int CHUNK = 16 * 1024;

    private final ServerSocket listening;

    private final ServerAddress server;

    private final Duration delay;

    private final Rate up;

    private final Rate down;

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private final LongAdder bytes = new LongAdder();

    private SlowLink(ServerSocket listening, ServerAddress server, long bytesPerSecond, Duration delay) {
        this.listening = listening;
        this.server = server;
        this.delay = delay;
        this.up = new Rate(bytesPerSecond);
        this.down = new Rate(bytesPerSecond);
    }

    /**
     * Opens a link.
     *
     * @param server the server at its other end
     * @param bytesPerSecond the rate of each direction
     * @param delay how long a byte travels in each direction
     */
    static SlowLink to(ServerAddress server, long bytesPerSecond, Duration delay) throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SlowLink link = new SlowLink(listening, server, bytesPerSecond, delay);
        link.inBackground(link::accept);
        return link;
    }

    ServerAddress address() {
        return new ServerAddress(listening.getInetAddress().getHostAddress(), listening.getLocalPort());
    }

    /** {@return how many bytes have passed in both directions since the last call} */
    long takeBytes() {
        return bytes.sumThenReset();
    }

    private void accept() throws IOException, InterruptedException {
        while (true) {
            Socket client = listening.accept();
            Socket target = new Socket(server.getHost(), server.getPort());
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            sockets.addAll(List.of(client, target));
            carry(client, target, up);
            carry(target, client, down);
        }
    }

    private void carry(Socket from, Socket to, Rate rate) {
        BlockingQueue<Chunk> onTheWay = new ArrayBlockingQueue<>(capacity(rate));
        inBackground(() -> {
            try (InputStream input = from.getInputStream()) {
                byte[] buffer = new byte[CHUNK];
                for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                    onTheWay.put(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + delay.toNanos()));
                }
            } finally {
                onTheWay.put(Chunk.END);
            }
        });
        inBackground(() -> {
            try (OutputStream output = to.getOutputStream()) {
                for (Chunk chunk = onTheWay.take(); chunk != Chunk.END; chunk = onTheWay.take()) {
                    sleepUntil(chunk.due());
                    rate.await(chunk.bytes().length);
                    output.write(chunk.bytes());
                    bytes.add(chunk.bytes().length);
                }
            }
        });
    }

    private int capacity(Rate rate) {
        return (int) (rate.bytesPerSecond * delay.toMillis() / 1000 / CHUNK) + 8;
    }

    private void inBackground(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        // One end has closed the connection, so the other one closes with it.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "slow-link");
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Bytes on their way.
     *
     * @param due when they arrive, as {@link System#nanoTime}
     */
    private record Chunk(byte[] bytes, long due) {

        private static final Chunk END = new Chunk(new byte[0], 0);
    }

    /** When the next byte of a direction may pass. */
    private static final class Rate {

        private final long bytesPerSecond;

        private long free = System.nanoTime();

        private Rate(long bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        private void await(int length) throws InterruptedException {
            sleepUntil(reserve(length));
        }

        private synchronized long reserve(int length) {
            long begin = Math.max(free, System.nanoTime());
            free = begin + length * 1_000_000_000L / bytesPerSecond;
            return free;
        }
    }
}
