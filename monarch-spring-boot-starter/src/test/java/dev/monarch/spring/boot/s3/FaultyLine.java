package dev.monarch.spring.boot.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.contract.CallFaults;

/** A proxy to a server that counts received bytes and fails on request. */
final class FaultyLine implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?m)^content-length: *(\\d+)");

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listening;

    private final URI server;

    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    private volatile @Nullable CallFaults asked;

    private final List<String> requests = new CopyOnWriteArrayList<>();

    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private final AtomicLong received = new AtomicLong();

    /** A fault of the next requests. */
    private record Fault(Predicate<String> request, Kind kind, long number, String code, AtomicInteger left) {

        enum Kind {
            ANSWER,
            CUT_REQUEST,
            CUT_RESPONSE
        }

        boolean strikes(String line) {
            return request.test(line) && left.getAndDecrement() > 0;
        }
    }

    private FaultyLine(ServerSocket listening, URI server) {
        this.listening = listening;
        this.server = server;
    }

    static FaultyLine to(URI server) {
        try {
            FaultyLine line = new FaultyLine(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), server);
            line.start("faulty-line", line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Answers requests itself; a request is {@code METHOD /path?query}. */
    void answer(Predicate<String> request, int status, String code, int times) {
        faults.add(new Fault(request, Fault.Kind.ANSWER, status, code, new AtomicInteger(times)));
    }

    /** Breaks the connection after a number of bytes of the body was sent. */
    void cutRequest(Predicate<String> request, long after, int times) {
        faults.add(new Fault(request, Fault.Kind.CUT_REQUEST, after, "", new AtomicInteger(times)));
    }

    /** Breaks the connection after a number of bytes was received. */
    void cutResponse(Predicate<String> request, long after, int times) {
        faults.add(new Fault(request, Fault.Kind.CUT_RESPONSE, after, "", new AtomicInteger(times)));
    }

    /** Decides about each request. Failing requests get the status 403. */
    void ask(CallFaults calls) {
        asked = calls;
    }

    /** Returns the number of bytes received from the server. */
    long received() {
        return received.get();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            open.add(client);
            start("faulty-line-request", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket there = new Socket(server.getHost(), server.getPort())) {
            open.add(there);
            forwardAtOnce(client);
            forwardAtOnce(there);
            AtomicLong room = new AtomicLong(Long.MAX_VALUE);
            start("faulty-line-response", () -> comeBack(there, client, room));
            InputStream from = new BufferedInputStream(client.getInputStream(), BUFFER);
            for (String head = head(from); head != null; head = head(from)) {
                if (!pass(head, from, client, there, room)) {
                    return;
                }
            }
        }
    }

    /** The head and the body of a message are sent separately. Otherwise the second waits 40 ms for a confirmation. */
    private static void forwardAtOnce(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
    }

    private boolean pass(String head, InputStream from, Socket client, Socket there, AtomicLong room)
            throws IOException {
        String request = head.substring(0, head.indexOf(" HTTP/"));
        requests.add(request);
        Fault fault = fault(request);
        Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        long body = length.find() ? Long.parseLong(length.group(1)) : 0;
        OutputStream to = there.getOutputStream();
        if (fault != null && fault.kind() == Fault.Kind.ANSWER) {
            if (!head.toLowerCase(Locale.ROOT).contains("100-continue")) {
                from.skipNBytes(body);
            }
            client.getOutputStream().write(response(fault));
            return false;
        }
        if (fault != null && fault.kind() == Fault.Kind.CUT_RESPONSE) {
            // Before the request is sent, because the answer may arrive immediately.
            room.set(fault.number());
        }
        to.write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (fault != null && fault.kind() == Fault.Kind.CUT_REQUEST) {
            copy(from, to, fault.number());
            return false;
        }
        copy(from, to, body);
        return true;
    }

    private @Nullable Fault fault(String request) {
        CallFaults calls = asked;
        CallFaults.Outcome outcome = calls == null ? CallFaults.Outcome.PASSES : calls.next(request);
        return switch (outcome) {
            case FAILS -> new Fault(each -> true, Fault.Kind.ANSWER, 403, "AccessDenied", new AtomicInteger());
            case ANSWER_IS_LOST -> new Fault(each -> true, Fault.Kind.CUT_RESPONSE, 0, "", new AtomicInteger());
            case PASSES ->
                faults.stream()
                        .filter(each -> each.strikes(request))
                        .findFirst()
                        .orElse(null);
        };
    }

    private static byte[] response(Fault fault) {
        String body = "<Error><Code>" + fault.code() + "</Code><Message>as the test wants</Message></Error>";
        return ("HTTP/1.1 " + fault.number()
                        + " Told\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void comeBack(Socket there, Socket client, AtomicLong room) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (there;
                client) {
            InputStream from = there.getInputStream();
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                received.addAndGet(read);
                int passing = (int) Math.min(read, room.get());
                client.getOutputStream().write(buffer, 0, passing);
                if (room.addAndGet(-read) <= 0) {
                    return;
                }
            }
        }
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("cut by the client");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
        to.flush();
    }

    private static @Nullable String head(InputStream from) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineEnds = 0;
        for (int read = from.read(); read >= 0; read = from.read()) {
            head.write(read);
            lineEnds = read == '\n' ? lineEnds + 1 : read == '\r' ? lineEnds : 0;
            if (lineEnds == 2) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The client or the server has closed the connection.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
