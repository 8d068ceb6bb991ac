package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/** File formats that are not archives of mongodump, detected by their first bytes. */
public enum ForeignFormat {
    ZIP("a zip file", 0, "PK\3\4"),

    EMPTY_ZIP("a zip file", 0, "PK\5\6"),

    /** POSIX.1-1988: the word follows the other header fields of the first file. */
    TAR("a tar file", 257, "ustar"),

    SEVEN_ZIP("a 7z file", 0, "7z\u00BC\u00AF"),

    XZ("compressed with xz", 0, "\u00FD7zXZ"),

    BZIP2("compressed with bzip2", 0, "BZh"),

    LZ4("compressed with lz4", 0, "\u0004\"M\u0018"),

    OLD_LZ4("compressed with lz4", 0, "\u0002!L\u0018"),

    LZIP("compressed with lzip", 0, "LZIP"),

    LZOP("compressed with lzop", 0, "\u0089LZO"),

    COMPRESS("compressed with compress", 0, "\u001F\u009D"),

    SNAPPY("compressed with snappy", 0, "\u00FF\6\0\0sNaPpY"),

    S2("compressed with s2", 0, "\u00FF\6\0\0S2sTwO"),

    RAR("a RAR file", 0, "Rar!\u001A\7"),

    OPENSSL("encrypted with OpenSSL", 0, "Salted__"),

    AGE("encrypted with age", 0, "age-encryption.org"),

    PGP("encrypted with PGP", 5, "BEGIN PGP"),

    JSON("JSON, as mongoexport writes it", 0, "") {
        @Override
        public boolean matches(byte[] first) {
            return first.length > 1 && (first[0] == '{' || first[0] == '[') && BEHIND_BRACE.indexOf(first[1]) >= 0;
        }
    },

    /**
     * The documents of one collection, as in a mongodump directory. Detected by a document length and the type of the
     * first field.
     */
    BSON("a BSON file of one collection, from a mongodump directory", 0, "") {
        @Override
        public boolean matches(byte[] first) {
            if (first.length <= Integer.BYTES) {
                return false;
            }
            int length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getInt();
            byte type = first[Integer.BYTES];
            return length >= SHORTEST_DOCUMENT
                    && length <= LONGEST_DOCUMENT
                    && (type == 0 ? length == SHORTEST_DOCUMENT : type > 0 && type <= LAST_TYPE);
        }
    };

    private static final String BEHIND_BRACE = "\"{[]} \t\r\n";

    /** How many bytes are enough to detect every format. */
    private static final int NEEDED = 512;

    private static final int SHORTEST_DOCUMENT = 5;

    private static final int LONGEST_DOCUMENT = 16 * 1024 * 1024 + 16 * 1024;

    /** Decimal128. MinKey and MaxKey have greater numbers, but no {@code _id} has these types. */
    private static final int LAST_TYPE = 0x13;

    private final String words;

    private final int at;

    private final byte[] magic;

    ForeignFormat(String words, int at, String magic) {
        this.words = words;
        this.at = at;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Tells whether a file has this format.
     *
     * @param first the first bytes of the file
     * @return true if they are those of the format
     */
    public boolean matches(byte[] first) {
        return first.length >= at + magic.length
                && ByteBuffer.wrap(first, at, magic.length).equals(ByteBuffer.wrap(magic));
    }

    /**
     * Tells whether a file begins like a BSON file.
     *
     * @param first the first bytes of the file, at least five
     * @return true if they are the length of a document and the type of its first field
     */
    public static boolean isBson(byte[] first) {
        return BSON.matches(first);
    }

    /**
     * Detects the format of a stream.
     *
     * @param stream the stream; its position does not change
     * @return the refusal, if the stream has one of these formats
     */
    static Optional<OperationRefusedException> of(InputStream stream) throws IOException {
        stream.mark(NEEDED);
        byte[] first = stream.readNBytes(NEEDED);
        stream.reset();
        return of(first).map(ForeignFormat::refusal);
    }

    private static Optional<ForeignFormat> of(byte[] first) {
        return Stream.of(values()).filter(format -> format.matches(first)).findFirst();
    }

    /**
     * Tells whether a file has one of these formats.
     *
     * @param first the first bytes of the file
     * @return true if it has
     */
    public static boolean isKnown(byte[] first) {
        return of(first).isPresent();
    }

    private OperationRefusedException refusal() {
        boolean compressed = words.startsWith("compressed") || words.startsWith("encrypted");
        return UnsupportedArchive.toRead(
                compressed ? Reason.FOREIGN_COMPRESSION : Reason.FOREIGN_FORMAT,
                "it is " + words + ", which Monarch cannot read");
    }
}
