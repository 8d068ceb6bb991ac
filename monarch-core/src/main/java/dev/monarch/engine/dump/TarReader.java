package dev.monarch.engine.dump;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/** Reads the entries of a decompressed tar file once. */
final class TarReader {

    /** Names and attributes are short. */
    private static final int LONGEST_ATTRIBUTES = 1024 * 1024;

    private final String name;

    private final InputStream stream;

    private final Expansion expansion;

    private final FileCount count;

    private TarAttributes global = TarAttributes.NONE;

    private TarAttributes attributes = TarAttributes.NONE;

    /** The offset of the next header, in bytes of the decompressed tar file. */
    private long offset;

    /**
     * @param name the name of the tar file in messages
     * @param stream the tar file
     */
    TarReader(String name, InputStream stream, Expansion expansion, FileCount count) {
        this.name = name;
        this.stream = stream;
        this.expansion = expansion;
        this.count = count;
    }

    /** Passes all files to a visitor. Files that the visitor does not read are skipped. */
    void forEach(DumpContainer.FileVisitor visitor) throws IOException {
        boolean ended = false;
        byte[] block = block();
        while (block.length > 0) {
            ended = TarHeader.isZero(block);
            long begin = offset;
            offset += TarHeader.LENGTH;
            if (!ended) {
                entry(header(block, begin), begin, visitor);
            }
            block = block();
        }
        if (!ended) {
            throw damaged(offset, "it is cut off: a tar file ends with an empty block", null);
        }
    }

    /** {@return the next block; empty at the end} */
    private byte[] block() throws IOException {
        byte[] block = read(TarHeader.LENGTH);
        if (block.length > 0 && block.length < TarHeader.LENGTH) {
            throw damaged(offset + block.length, "it is cut off here", null);
        }
        return block;
    }

    private byte[] read(int length) throws IOException {
        try {
            return stream.readNBytes(length);
        } catch (IOException e) {
            throw damaged(offset, "it cannot be read further: " + e.getMessage(), e);
        }
    }

    private TarHeader header(byte[] block, long begin) {
        TarHeader header = TarHeader.of(block);
        if (header == null) {
            throw damaged(begin, "the checksum of a header is wrong", null);
        }
        long size = size(header, begin);
        if (size < 0) {
            throw damaged(begin, "the size of '" + header.name() + "' is invalid", null);
        }
        return new TarHeader(attributes.path().orElse(header.name()), size, header.type());
    }

    private long size(TarHeader header, long begin) {
        // Attributes describe the next file, not the attributes themselves.
        if ("xgLK".indexOf(header.type()) >= 0) {
            return header.size();
        }
        try {
            return attributes.size().orElse(header.size());
        } catch (IllegalArgumentException e) {
            throw damaged(begin, "the size of '" + header.name() + "' is invalid", e);
        }
    }

    private void entry(TarHeader header, long begin, DumpContainer.FileVisitor visitor) throws IOException {
        count.addOne();
        switch (header.type()) {
            case 'x' -> attributes = attributes.with(attributes(header, begin));
            case 'g' -> {
                global = global.with(attributes(header, begin));
                attributes = global.with(attributes);
            }
            case 'L' -> attributes = attributes.withPath(longName(header, begin));
            // The long target of a link, and the label of a volume. A link itself is refused.
            case 'K', 'V' -> skip(header, header.name());
            case '5', 'D' -> {
                EntryPath.of(header.name(), name, begin);
                skip(header, header.name());
                attributes = global;
            }
            case '0', '7' -> {
                file(header, begin, visitor);
                attributes = global;
            }
            case '1', '2' -> throw damaged(begin, "'" + header.name() + "' is a link", null);
            case 'S' -> throw sparse(header);
            default -> throw damaged(begin, "'" + header.name() + "' is not a regular file", null);
        }
    }

    private TarAttributes attributes(TarHeader header, long begin) throws IOException {
        try {
            return TarAttributes.of(content(header, begin));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged(begin, "the attributes of a file are invalid", e);
        }
    }

    private String longName(TarHeader header, long begin) throws IOException {
        String text = new String(content(header, begin), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private byte[] content(TarHeader header, long begin) throws IOException {
        if (header.size() > LONGEST_ATTRIBUTES) {
            throw damaged(begin, "the attributes of a file have " + header.size() + " bytes", null);
        }
        byte[] content = read((int) header.size());
        if (content.length < header.size()) {
            throw damaged(offset + content.length, "it is cut off here", null);
        }
        end(header, new BoundedStream(InputStream.nullInputStream(), 0), name);
        return content;
    }

    private void file(TarHeader header, long begin, DumpContainer.FileVisitor visitor) throws IOException {
        String path = EntryPath.of(header.name(), name, begin);
        if (attributes.isSparse()) {
            throw sparse(header);
        }
        BoundedStream content = new BoundedStream(stream, header.size());
        if (!header.name().endsWith("/")) {
            visitor.file(new ContainedFile(path, () -> new Content(content, path, header.size()), expansion));
        }
        end(header, content, path);
    }

    private void skip(TarHeader header, String path) throws IOException {
        end(header, new BoundedStream(stream, header.size()), path);
    }

    /** Skips the rest of a file and the bytes up to the next block. */
    private void end(TarHeader header, BoundedStream content, String path) throws IOException {
        long left = content.left();
        long padding = -header.size() & TarHeader.LENGTH - 1;
        try {
            stream.skipNBytes(left + padding);
        } catch (EOFException e) {
            throw DamagedArchiveException.inFile(
                    path, header.size() - left, "it is cut off, or the tar file '" + name + "' is", e);
        } catch (IOException e) {
            throw damaged(offset, "it cannot be read further: " + e.getMessage(), e);
        }
        offset += header.size() + padding;
    }

    private RuntimeException sparse(TarHeader header) {
        return UnsupportedArchive.toRead(
                Reason.FOREIGN_COMPRESSION,
                "'" + header.name() + "' is stored as a sparse file, which Monarch cannot read");
    }

    private DamagedArchiveException damaged(long at, String problem, @Nullable Exception cause) {
        return DamagedArchiveException.inFile(name, at, problem, cause);
    }

    /** The content of a file. Closing it leaves the tar file open. */
    private static final class Content extends FilterInputStream {

        private final BoundedStream content;

        private final String path;

        private final long size;

        Content(BoundedStream content, String path, long size) {
            super(content);
            this.content = content;
            this.path = path;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read < 0 && content.left() > 0) {
                throw DamagedArchiveException.inFile(path, size - content.left(), "the tar file is cut off here", null);
            }
            return read;
        }

        @Override
        public void close() {}
    }
}
