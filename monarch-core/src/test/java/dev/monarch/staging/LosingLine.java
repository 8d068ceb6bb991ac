package dev.monarch.staging;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ServerAddress;

/** The line to a server that breaks after the server has carried a command out, and before its answer has come back. */
final class LosingLine implements Closeable {

    private static final int FLAGS = 4;

    private static final int LENGTH = 4;

    /** Where the name of a command stands in a message: behind its head, flags, kind, length and type (OP_MSG). */
    private static final int NAME = 16 + FLAGS + 1 + LENGTH + 1;

    private final ServerSocket listening;

    private final ServerAddress server;

    private final byte[] command;

    private final AtomicInteger left;

    LosingLine(ServerAddress server, String command, int times) {
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = server;
        this.command = (command + "\0").getBytes(StandardCharsets.UTF_8);
        this.left = new AtomicInteger(times);
        start(this::accept);
    }

    String uri() {
        return "mongodb://127.0.0.1:" + listening.getLocalPort() + "/?directConnection=true";
    }

    /** Returns how often it has still to break. */
    int left() {
        return left.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket there = new Socket(server.getHost(), server.getPort())) {
            DataInputStream requests = new DataInputStream(client.getInputStream());
            DataInputStream answers = new DataInputStream(there.getInputStream());
            while (true) {
                byte[] request = message(requests);
                there.getOutputStream().write(request);
                byte[] answer = message(answers);
                if (isToBeLost(request)) {
                    return;
                }
                client.getOutputStream().write(answer);
            }
        }
    }

    private boolean isToBeLost(byte[] request) {
        for (int i = 0; i < command.length; i++) {
            if (NAME + i >= request.length || request[NAME + i] != command[i]) {
                return false;
            }
        }
        return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }

    private static byte[] message(DataInputStream from) throws IOException {
        byte[] length = new byte[LENGTH];
        from.readFully(length);
        byte[] message =
                new byte[ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        System.arraycopy(length, 0, message, 0, LENGTH);
        from.readFully(message, LENGTH, message.length - LENGTH);
        return message;
    }

    /** What runs on threads of its own. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (EOFException | SocketException e) {
                // One of both ends has gone.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
