package dev.monarch.spring.boot.advice;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A compression of a connection string whose library the application lacks. The driver notices that only when it sends the
 * first compressed message, and lets the error of the JVM through.
 */
enum MissingCompressor {

    /** Snappy. */
    SNAPPY("snappy", "org/xerial/snappy/", "org.xerial.snappy:snappy-java"),

    /** Zstandard. */
    ZSTD("zstd", "com/github/luben/zstd/", "com.github.luben:zstd-jni");

    private static final String DRIVER = "com.mongodb.";

    private final String word;

    private final String classes;

    private final String library;

    MissingCompressor(String word, String classes, String library) {
        this.word = word;
        this.classes = classes;
        this.library = library;
    }

    /**
     * Returns the advice for a missing class.
     *
     * @param failure what was thrown
     * @param place where, as a noun phrase
     * @return the advice; empty if it is not a missing compression of a connection
     */
    static Optional<Advice> advice(Throwable failure, String place) {
        return failure instanceof NoClassDefFoundError missing && isOfDriver(missing)
                ? Stream.of(values())
                        .filter(compressor ->
                                String.valueOf(missing.getMessage()).startsWith(compressor.classes))
                        .map(compressor -> compressor.advice(place))
                        .findFirst()
                : Optional.empty();
    }

    /** A backup may need the same library. */
    private static boolean isOfDriver(NoClassDefFoundError missing) {
        StackTraceElement[] trace = missing.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(DRIVER);
    }

    private Advice advice(String place) {
        return new Advice(
                ExitCode.FAILED,
                "Cannot talk to " + place + ": the connection string asks for the compression " + word
                        + ", and the application lacks the library for it.",
                "Add the dependency " + library + " to the application, or remove " + word
                        + " from 'compressors' of the connection string.");
    }
}
