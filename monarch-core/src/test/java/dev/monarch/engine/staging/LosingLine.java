package dev.monarch.engine.staging;

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
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** The line to a server that breaks after the server has carried a command out, and before its answer has come back. */
final class LosingLine implements Closeable {

    private static final int FLAGS = 4;

    private static final int LENGTH = 4;

    /** Where the document of a message stands: behind its head, flags and kind. */
    private static final int BODY = 16 + FLAGS + 1;

    /** Where the name of a command stands in a message: behind its head, flags, kind, length and type (OP_MSG). */
    private static final int NAME = 16 + FLAGS + 1 + LENGTH + 1;

    private final ServerSocket listening;

    private final ServerAddress server;

    private final Breaks breaks;

    private final AtomicInteger left;

    /** When a line breaks. */
    enum Cut {
        NEVER,
        /** The server does not get the command. */
        BEFORE,
        /** The server has carried the command out, and nobody hears of it. */
        AFTER,
        /** The server has carried the command out, and says that the replica set has not confirmed it; nothing breaks. */
        UNCONFIRMED
    }

    /** Decides of each message to the server what happens to it. */
    interface Breaks {
        Cut at(byte[] request);
    }

    LosingLine(ServerAddress server, Breaks breaks) {
        this(server, breaks, new AtomicInteger());
    }

    LosingLine(ServerAddress server, String command, int times) {
        this(server, command, Cut.AFTER, new AtomicInteger(times));
    }

    LosingLine(ServerAddress server, String command, Cut cut, int times) {
        this(server, command, cut, new AtomicInteger(times));
    }

    private LosingLine(ServerAddress server, String command, Cut cut, AtomicInteger left) {
        this(
                server,
                request -> isCommand(request, command) && left.getAndUpdate(now -> Math.max(0, now - 1)) > 0
                        ? cut
                        : Cut.NEVER,
                left);
    }

    private LosingLine(ServerAddress server, Breaks breaks, AtomicInteger left) {
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = server;
        this.breaks = breaks;
        this.left = left;
        start(this::accept);
    }

    String uri() {
        return "mongodb://127.0.0.1:" + listening.getLocalPort() + "/?directConnection=true&heartbeatFrequencyMS=500";
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
                Cut cut = breaks.at(request);
                if (cut == Cut.BEFORE) {
                    return;
                }
                there.getOutputStream().write(request);
                byte[] answer = message(answers);
                if (cut == Cut.AFTER) {
                    return;
                }
                client.getOutputStream().write(cut == Cut.UNCONFIRMED ? unconfirmed(answer) : answer);
            }
        }
    }

    private static byte[] unconfirmed(byte[] answer) {
        BsonDocument document = new RawBsonDocument(answer, BODY, answer.length - BODY).decode(new BsonDocumentCodec());
        document.append("writeConcernError", BsonDocument.parse("{code: 91, errmsg: 'shutdown in progress'}"));
        RawBsonDocument changed = new RawBsonDocument(document, new BsonDocumentCodec());
        return ByteBuffer.allocate(BODY + changed.getByteLength())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(answer, 0, BODY)
                .put(changed.getBackingArray(), changed.getByteOffset(), changed.getByteLength())
                .putInt(0, BODY + changed.getByteLength())
                .array();
    }

    /** Tells which command a message sends. */
    static boolean isCommand(byte[] request, String command) {
        byte[] name = (command + "\0").getBytes(StandardCharsets.UTF_8);
        return request.length >= NAME + name.length
                && Arrays.equals(request, NAME, NAME + name.length, name, 0, name.length);
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
