package dev.monarch.spring.boot.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A small service with the part of S3 that Monarch uses, and deviations that public reports describe of some services
 * (S3Proxy 657, LocalStack 98, s3rver 534 about chunks; Backblaze B2 and OVHcloud about checksums and trailers). It has
 * one bucket.
 */
final class OddService implements AutoCloseable {

    static final String BUCKET = "odd";

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    /** A deviation from S3. */
    enum Oddity {
        /** Stores an aws-chunked body without decoding it. */
        KEEPS_CHUNKS,
        /** Answers 400 to {@code x-amz-checksum-*}. */
        NO_CHECKSUMS,
        /** Answers 501 to a body with a trailer. */
        NO_TRAILERS,
        /** Gives an object another ETag whenever it is written, as S3 does with keys of the KMS. */
        OPAQUE_ETAGS,
        /** Shows an object only at the third request. */
        LATE,
        /** Drops the last byte of every part. */
        SHORTENS_PARTS,
        /** Answers 200 with an error in the body to the first completion of an upload. */
        FAILS_IN_THE_BODY,
        /** Ignores ranges and sends whole objects. */
        NO_RANGES,
        /** Damages the manifest. */
        SPOILS_MANIFESTS
    }

    private record Stored(byte[] body, String etag, Instant time, AtomicInteger hidden) {}

    private record Upload(String key, NavigableMap<Integer, byte[]> parts) {}

    private final Set<Oddity> oddities;

    private final HttpServer server;

    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private final List<String> requests = new CopyOnWriteArrayList<>();

    private final AtomicInteger counter = new AtomicInteger();

    OddService(Oddity... oddities) {
        this.oddities = EnumSet.noneOf(Oddity.class);
        this.oddities.addAll(Arrays.asList(oddities));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::serve);
        server.start();
    }

    S3Server asServer() {
        return new S3Server(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "any", "any-secret", null);
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    int uploads() {
        return uploads.size();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private boolean is(Oddity oddity) {
        return oddities.contains(oddity);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
            String key = path.length() > BUCKET.length() + 2 ? path.substring(BUCKET.length() + 2) : "";
            requests.add(exchange.getRequestMethod() + " " + key + " " + new TreeMap<>(query));
            if (!refuse(exchange)) {
                answer(
                        exchange,
                        key,
                        query,
                        header(exchange, "content-encoding").contains("aws-chunked") && !is(Oddity.KEEPS_CHUNKS)
                                ? withoutChunks(body)
                                : body);
            }
        }
    }

    private boolean refuse(HttpExchange exchange) throws IOException {
        boolean writes = exchange.getRequestMethod().matches("PUT|POST");
        boolean checksums = exchange.getRequestHeaders().keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches("x-amz-(checksum|sdk-checksum|trailer).*"));
        if (is(Oddity.NO_CHECKSUMS) && writes && checksums) {
            error(exchange, 400, "InvalidArgument");
            return true;
        }
        if (is(Oddity.NO_TRAILERS) && header(exchange, "x-amz-content-sha256").contains("TRAILER")) {
            error(exchange, 501, "NotImplemented");
            return true;
        }
        return false;
    }

    private void answer(HttpExchange exchange, String key, Map<String, String> query, byte[] body) throws IOException {
        String upload = query.get("uploadId");
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> {
                if (key.isEmpty()) {
                    list(exchange, query);
                } else {
                    get(exchange, key);
                }
            }
            case "PUT" -> {
                if (upload != null) {
                    part(exchange, upload, Integer.parseInt(query.get("partNumber")), body);
                } else {
                    put(exchange, key, body);
                }
            }
            case "POST" -> {
                if (upload != null) {
                    complete(exchange, upload);
                } else {
                    begin(exchange, key);
                }
            }
            default -> {
                if (upload != null) {
                    uploads.remove(upload);
                } else {
                    objects.remove(key);
                }
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        if (query.containsKey("uploads")) {
            xml(
                    exchange,
                    200,
                    "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>");
            return;
        }
        String prefix = query.getOrDefault("prefix", "");
        StringBuilder contents = new StringBuilder();
        objects.forEach((key, object) -> {
            if (key.startsWith(prefix) && !key.substring(prefix.length()).contains("/")) {
                contents.append("<Contents><Key>")
                        .append(key)
                        .append("</Key><LastModified>")
                        .append(object.time());
                contents.append("</LastModified><ETag>").append(object.etag()).append("</ETag><Size>");
                contents.append(object.body().length).append("</Size></Contents>");
            }
        });
        xml(exchange, 200, "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>");
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        Stored object = objects.get(key);
        if (object == null || object.hidden().getAndDecrement() > 0) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        String wanted = header(exchange, "if-match");
        if (!wanted.isEmpty() && !wanted.equals(object.etag())) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        byte[] body = object.body();
        int status = 200;
        Matcher range = RANGE.matcher(header(exchange, "range"));
        if (range.matches() && !is(Oddity.NO_RANGES)) {
            int from = Integer.parseInt(range.group(1));
            int to = Math.min(body.length, Integer.parseInt(range.group(2)) + 1);
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + object.body().length);
            body = Arrays.copyOfRange(body, from, to);
            status = 206;
        }
        exchange.getResponseHeaders().set("ETag", object.etag());
        exchange.getResponseHeaders()
                .set(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                object.time().atOffset(ZoneOffset.UTC)));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            send(exchange, status, body);
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        Stored present = objects.get(key);
        String wanted = header(exchange, "if-match");
        if (!header(exchange, "if-none-match").isEmpty() && present != null
                || !wanted.isEmpty() && present != null && !wanted.equals(present.etag())) {
            error(exchange, 412, "PreconditionFailed");
        } else if (!wanted.isEmpty() && present == null) {
            error(exchange, 404, "NoSuchKey");
        } else {
            byte[] kept = is(Oddity.SPOILS_MANIFESTS) && key.endsWith(".manifest.json")
                    ? Arrays.copyOf(body, body.length - 1)
                    : body;
            String etag = store(
                    key,
                    kept,
                    is(Oddity.OPAQUE_ETAGS)
                            ? md5(("" + counter.incrementAndGet()).getBytes(StandardCharsets.UTF_8))
                            : md5(kept));
            exchange.getResponseHeaders().set("ETag", etag);
            send(exchange, 200, new byte[0]);
        }
    }

    private String store(String key, byte[] body, String hash) {
        String etag = '"' + hash + '"';
        objects.put(key, new Stored(body, etag, Instant.now(), new AtomicInteger(is(Oddity.LATE) ? 2 : 0)));
        return etag;
    }

    private void begin(HttpExchange exchange, String key) throws IOException {
        String id = "upload-" + counter.incrementAndGet();
        uploads.put(id, new Upload(key, new ConcurrentSkipListMap<>()));
        xml(
                exchange,
                200,
                "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    private void part(HttpExchange exchange, String id, int number, byte[] body) throws IOException {
        Upload upload = uploads.get(id);
        if (upload == null) {
            error(exchange, 404, "NoSuchUpload");
            return;
        }
        upload.parts().put(number, is(Oddity.SHORTENS_PARTS) ? Arrays.copyOf(body, body.length - 1) : body);
        exchange.getResponseHeaders().set("ETag", '"' + md5(body) + '"');
        send(exchange, 200, new byte[0]);
    }

    private void complete(HttpExchange exchange, String id) throws IOException {
        if (is(Oddity.FAILS_IN_THE_BODY) && oddities.remove(Oddity.FAILS_IN_THE_BODY)) {
            xml(exchange, 200, "<Error><Code>InternalError</Code><Message>Try again</Message></Error>");
            return;
        }
        Upload upload = uploads.remove(id);
        if (upload == null) {
            error(exchange, 404, "NoSuchUpload");
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        upload.parts().values().forEach(whole::writeBytes);
        store(
                upload.key(),
                whole.toByteArray(),
                md5(whole.toByteArray()) + "-" + upload.parts().size());
        xml(exchange, 200, "<CompleteMultipartUploadResult><ETag>any</ETag></CompleteMultipartUploadResult>");
    }

    private static byte[] withoutChunks(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; ; ) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            String head = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
            int length = Integer.parseInt(head.replaceAll(";.*", ""), 16);
            if (length == 0) {
                return bytes.toByteArray();
            }
            bytes.write(body, end + 2, length);
            at = end + 2 + length + 2;
        }
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] both = pair.split("=", 2);
            query.put(both[0], both.length == 1 ? "" : URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        xml(exchange, status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }

    private static void xml(HttpExchange exchange, int status, String xml) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            send(
                    exchange,
                    status,
                    ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
