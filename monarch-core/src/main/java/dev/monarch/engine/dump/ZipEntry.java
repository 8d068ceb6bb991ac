package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import dev.monarch.DamagedArchiveException;

/**
 * A file in the directory of a zip file.
 *
 * @param name its path as it is written
 * @param rawName the bytes of its path, as characters
 * @param offset where its local header is, in bytes of the file
 * @param sizes its sizes and its checksum
 * @param method the number of its compression method
 * @param isEncrypted whether its data is encrypted
 * @param kind what its attributes of Unix say: the file type, or 0
 * @param headerLength the length of its header in the directory, in bytes
 */
record ZipEntry(
        String name,
        String rawName,
        long offset,
        Sizes sizes,
        int method,
        boolean isEncrypted,
        int kind,
        int headerLength) {

    static final int LOCAL_HEADER_LENGTH = 30;

    static final int HEADER = 0x02014b50;

    private static final int HEADER_LENGTH = 46;

    private static final int ENCRYPTED = 1;

    private static final int UTF_8 = 1 << 11;

    private static final int ZIP64 = 0x0001;

    private static final int UNICODE_PATH = 0x7075;

    private static final long UNKNOWN = 0xFFFFFFFFL;

    private static final int TYPE = 0xF000;

    private static final int LINK = 0xA000;

    private static final int REGULAR = 0x8000;

    private static final int DIRECTORY = 0x4000;

    /**
     * The sizes of a file.
     *
     * @param stored its compressed size in bytes
     * @param expanded its size in bytes
     * @param crc32 its checksum
     */
    record Sizes(long stored, long expanded, long crc32) {}

    /** Reads a header of the directory. */
    static ZipEntry read(InputStream stream, String zip, long at, long prefix) throws IOException {
        byte[] header = exactly(stream, HEADER_LENGTH, zip, at);
        if (Bytes.uint32(header, 0) != HEADER) {
            throw DamagedArchiveException.inFile(zip, at, "its directory is damaged", null);
        }
        int nameLength = Bytes.uint16(header, 28);
        int extraLength = Bytes.uint16(header, 30);
        int commentLength = Bytes.uint16(header, 32);
        byte[] nameBytes = exactly(stream, nameLength, zip, at);
        byte[] extra = exactly(stream, extraLength, zip, at);
        exactly(stream, commentLength, zip, at);
        long expanded = Bytes.uint32(header, 24);
        long stored = Bytes.uint32(header, 20);
        long offset = Bytes.uint32(header, 42);
        ByteBuffer large = field(extra, ZIP64);
        expanded = expanded == UNKNOWN ? next(large, expanded) : expanded;
        stored = stored == UNKNOWN ? next(large, stored) : stored;
        offset = offset == UNKNOWN ? next(large, offset) : offset;
        if (expanded < 0 || stored < 0 || offset < 0) {
            throw DamagedArchiveException.inFile(zip, at, "its directory has an impossible size", null);
        }
        int flags = Bytes.uint16(header, 8);
        return new ZipEntry(
                name(nameBytes, extra, (flags & UTF_8) != 0),
                new String(nameBytes, StandardCharsets.ISO_8859_1),
                prefix + offset,
                new Sizes(stored, expanded, Bytes.uint32(header, 16)),
                Bytes.uint16(header, 10),
                (flags & ENCRYPTED) != 0,
                Bytes.uint16(header, 40) & TYPE,
                HEADER_LENGTH + nameLength + extraLength + commentLength);
    }

    private static byte[] exactly(InputStream stream, int length, String zip, long at) throws IOException {
        byte[] bytes = stream.readNBytes(length);
        if (bytes.length < length) {
            throw DamagedArchiveException.inFile(zip, at, "its directory is cut off", null);
        }
        return bytes;
    }

    /** {@return the content of an extra field; empty if there is none} */
    private static ByteBuffer field(byte[] extra, int id) {
        for (int at = 0; at + 4 <= extra.length; at += 4 + Bytes.uint16(extra, at + 2)) {
            int length = Bytes.uint16(extra, at + 2);
            if (Bytes.uint16(extra, at) == id && at + 4 + length <= extra.length) {
                return ByteBuffer.wrap(extra, at + 4, length);
            }
        }
        return ByteBuffer.allocate(0);
    }

    private static long next(ByteBuffer field, long otherwise) {
        if (field.remaining() < Long.BYTES) {
            return otherwise;
        }
        long value = Bytes.int64(field.array(), field.arrayOffset() + field.position());
        field.position(field.position() + Long.BYTES);
        return value;
    }

    private static String name(byte[] bytes, byte[] extra, boolean isUtf8) {
        ByteBuffer unicode = field(extra, UNICODE_PATH);
        if (unicode.remaining() > 5) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            int at = unicode.arrayOffset() + unicode.position();
            if (extra[at] == 1 && Bytes.uint32(extra, at + 1) == crc.getValue()) {
                return new String(extra, at + 5, unicode.remaining() - 5, StandardCharsets.UTF_8);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // Without the flag, the encoding is that of MS-DOS.
            return new String(
                    bytes,
                    !isUtf8 && Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1);
        }
    }

    /** {@return whether the path is that of a directory} */
    boolean isDirectory() {
        return name.endsWith("/") || name.endsWith("\\") && sizes.expanded() == 0;
    }

    boolean isLink() {
        return kind == LINK;
    }

    boolean isSpecial() {
        return kind != 0 && kind != LINK && kind != (isDirectory() ? DIRECTORY : REGULAR);
    }

    /** {@return the earliest end of its data: the local header may have more extra fields} */
    long earliestEnd() {
        return offset + LOCAL_HEADER_LENGTH + rawName.length() + sizes.stored();
    }
}
