package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;

/** Reads the elements of an archive from its bytes; every fault is reported with its offset. */
final class ArchiveInput implements AutoCloseable {

    /** Ends the beginning and every block, in place of the length of a document. */
    static final int TERMINATOR = -1;

    private static final int SHORTEST_DOCUMENT = 5;

    /** MongoDB's limit for a document, plus the 16 KiB that the server may add. */
    private static final int LONGEST_DOCUMENT = 16 * 1024 * 1024 + 16 * 1024;

    private static final byte[] NOTHING = {};

    private final InputStream input;

    private long offset;

    private @Nullable String namespace;

    /** How many documents of the current collection were read, and the last of them. */
    private int documents;

    private byte[] lastBytes = NOTHING;

    private int lastAt;

    ArchiveInput(InputStream input) {
        this.input = input;
    }

    /** Sets the collection that faults are reported for from now on. */
    void enter(@Nullable String namespace) {
        this.namespace = namespace;
        documents = 0;
        lastBytes = NOTHING;
    }

    /** {@return the next length or terminator; null at the end of the archive} */
    @Nullable
    Integer lengthOrEnd() {
        int first = readByte();
        if (first < 0) {
            return null;
        }
        byte[] rest = new byte[3];
        fill(rest, 0, 3);
        return first | (rest[0] & 0xFF) << 8 | (rest[1] & 0xFF) << 16 | (rest[2] & 0xFF) << 24;
    }

    int lengthOrTerminator() {
        Integer length = lengthOrEnd();
        if (length == null) {
            throw damaged("it is cut off here");
        }
        return length;
    }

    /** Checks the length of a document that was just read. */
    void requireDocumentLength(int length) {
        if (length < SHORTEST_DOCUMENT || length > LONGEST_DOCUMENT) {
            throw new DamagedArchiveException(
                    namespace, offset - 4, "a document has the invalid length " + length, null);
        }
    }

    /** Reads the rest of a document whose length was read, and writes the whole document, including its length. */
    void document(int length, byte[] into, int at) {
        long start = offset - 4;
        into[at] = (byte) length;
        into[at + 1] = (byte) (length >>> 8);
        into[at + 2] = (byte) (length >>> 16);
        into[at + 3] = (byte) (length >>> 24);
        fill(into, at + 4, length - 4);
        if (into[at + length - 1] != 0) {
            throw new DamagedArchiveException(namespace, start, "a document does not end at its length", null);
        }
        documents++;
        lastBytes = into;
        lastAt = at;
    }

    /** {@return the exception for an invalid element of the document that was just read} */
    DamagedArchiveException invalidDocument(int length, int element) {
        documents--;
        lastBytes = NOTHING;
        return new DamagedArchiveException(
                namespace, offset - length + element, "a document has an invalid element", null);
    }

    /** Adds to a fault the document in which it was found. */
    DamagedArchiveException inDocument(long before, DamagedArchiveException fault) {
        String id = DocumentId.of(lastBytes, lastAt);
        return new DamagedArchiveException(
                fault.namespace(),
                fault.offset(),
                fault.problem() + ", in document " + (before + documents + 1)
                        + (id == null ? "" : ", which follows the one with " + id),
                fault.getCause());
    }

    /**
     * Reads one of the archive's own documents.
     *
     * @param longest the length limit, in bytes; decoding needs many times as much memory
     */
    ArchiveFields fields(int length, int longest, String what) {
        long start = offset - 4;
        requireDocumentLength(length);
        if (length > longest) {
            throw new DamagedArchiveException(
                    namespace, start, what + " has " + length + " bytes; the limit is " + longest, null);
        }
        byte[] bytes = new byte[length];
        document(length, bytes, 0);
        try {
            return ArchiveFields.of(bytes);
        } catch (RuntimeException e) {
            throw new DamagedArchiveException(namespace, start, what + " cannot be read", e);
        }
    }

    private int readByte() {
        try {
            int read = input.read();
            offset += read < 0 ? 0 : 1;
            return read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void fill(byte[] into, int at, int length) {
        try {
            int read = input.readNBytes(into, at, length);
            offset += read;
            if (read < length) {
                throw damaged("it is cut off here");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    DamagedArchiveException damaged(String problem) {
        return new DamagedArchiveException(namespace, offset, problem, null);
    }

    private DamagedArchiveException unreadable(IOException cause) {
        return new DamagedArchiveException(
                namespace, offset, "it cannot be read further: " + cause.getMessage(), cause);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
