package dev.monarch.test;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server on which chosen commands fail: not sent, answer lost, or answered with an error.
 *
 * <p>It is a proxy between a client and one member. The server's fail points need a real server and cannot lose an
 * answer; this works with every server. Safe for use by several threads.
 */
public final class FaultyLine implements Closeable {

    /** Commands that the driver sends to monitor a server, to authenticate and to end a session. */
    private static final Set<String> WATCHING =
            Set.of("hello", "isMaster", "ismaster", "saslStart", "saslContinue", "endSessions");

    private final ServerSocket listening;

    private final ServerAddress server;

    private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();

    private final Map<String, UnaryOperator<BsonDocument>> amendments = new ConcurrentHashMap<>();

    private final AtomicInteger left = new AtomicInteger();

    private volatile Predicate<BsonDocument> chosen = command -> false;

    private volatile Fault fault = new Fault.LostAnswer();

    private FaultyLine(ServerAddress server) {
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = server;
    }

    /**
     * Opens a line to the first member of a server.
     *
     * @param mongo the server
     * @return the line, on which nothing fails until a test says so
     */
    public static FaultyLine to(TestMongo mongo) {
        FaultyLine line = new FaultyLine(
                new ServerAddress(new ConnectionString(mongo.uri()).getHosts().get(0)));
        start(line::accept);
        return line;
    }

    /**
     * Returns how a client connects through this line.
     *
     * <p>After an error that says that the member's state has changed, the driver waits for the server to report its
     * state. An unchanged server reports only when the client's wait ends. This client therefore polls twice a second.
     *
     * @param options of the connection string, such as {@code retryWrites=false}
     * @return the connection string
     */
    public String uri(String... options) {
        return "mongodb://127.0.0.1:" + listening.getLocalPort() + "/?directConnection=true&heartbeatFrequencyMS=500"
                + (options.length == 0 ? "" : "&" + String.join("&", options));
    }

    /**
     * Makes the next commands that match fail.
     *
     * @param chosen selects the commands
     * @param times how many of them
     * @param fault what happens to each
     */
    public void fail(Predicate<BsonDocument> chosen, int times, Fault fault) {
        this.chosen = chosen;
        this.fault = fault;
        left.set(times);
    }

    /**
     * Makes the next commands with a name fail.
     *
     * @param name the command's name
     * @param times how many of them
     * @param fault what happens to each
     */
    public void fail(String name, int times, Fault fault) {
        fail(command -> command.getFirstKey().equals(name), times, fault);
    }

    /**
     * Changes every answer to a command from now on, for example to imitate another server.
     *
     * @param name the command's name, which may be {@code hello}
     * @param answer turns the server's answer into the client's
     */
    public void amend(String name, UnaryOperator<BsonDocument> answer) {
        amendments.put(name, answer);
    }

    /**
     * Returns how many commands are still to fail.
     *
     * @return the number; 0 once every chosen fault has happened
     */
    public int left() {
        return left.get();
    }

    /**
     * Returns the commands sent so far, without those by which the driver monitors the server.
     *
     * @return the commands in the order of their arrival
     */
    public List<BsonDocument> commands() {
        return List.copyOf(commands);
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
            // Without this, a message that follows another one waits 40 ms for its confirmation.
            client.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            DataInputStream requests = new DataInputStream(client.getInputStream());
            DataInputStream answers = new DataInputStream(there.getInputStream());
            while (true) {
                WireMessage request = WireMessage.read(requests);
                Fault fault = faultOf(request);
                if (fault instanceof Fault.NotSent) {
                    return;
                }
                if (fault instanceof Fault.Refused refused) {
                    request.answer(refused.answer()).write(client.getOutputStream());
                    continue;
                }
                request.write(there.getOutputStream());
                if (request.moreToCome()) {
                    // A write with w=0 has no answer.
                    continue;
                }
                WireMessage answer = WireMessage.read(answers);
                if (fault instanceof Fault.LostAnswer) {
                    return;
                }
                if (fault instanceof Fault.Amended amended) {
                    answer = request.answer(amended.answer().apply(answer.document()));
                }
                if (request.isCommand()) {
                    UnaryOperator<BsonDocument> amendment =
                            amendments.get(request.document().getFirstKey());
                    answer = amendment == null ? answer : request.answer(amendment.apply(answer.document()));
                }
                answer.write(client.getOutputStream());
                while (answer.moreToCome()) {
                    answer = WireMessage.read(answers);
                    answer.write(client.getOutputStream());
                }
            }
        }
    }

    private @Nullable Fault faultOf(WireMessage request) {
        if (!request.isCommand()) {
            return null;
        }
        BsonDocument command = request.document();
        if (WATCHING.contains(command.getFirstKey())) {
            return null;
        }
        commands.add(command);
        return chosen.test(command) && left.getAndUpdate(now -> Math.max(0, now - 1)) > 0 ? fault : null;
    }

    /** Something that runs on its own thread. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (EOFException | SocketException e) {
                // The client or the server has closed the connection.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Accepts no further connections. Open ones end when the client closes them. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
