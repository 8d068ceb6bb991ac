package dev.monarch.engine.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.engine.Sha256;

/** Writes compressed frames to an output, and computes the checksums of each frame and of all together. For one thread. */
final class FrameOutput {

    private final ArchiveOutput output;

    private final MessageDigest sha256 = Sha256.begin();

    private long length;

    FrameOutput(ArchiveOutput output) {
        this.output = output;
    }

    /**
     * Writes a frame.
     *
     * @return its position and checksum
     */
    ArchiveFrame write(List<ByteSlice> compressed, int documents) throws IOException {
        CRC32C checksum = new CRC32C();
        long begin = length;
        for (ByteSlice slice : compressed) {
            output.write(slice.bytes(), slice.offset(), slice.length());
            sha256.update(slice.bytes(), slice.offset(), slice.length());
            checksum.update(slice.bytes(), slice.offset(), slice.length());
            length += slice.length();
        }
        return new ArchiveFrame(begin, length - begin, documents, checksum.getValue());
    }

    /** {@return how many bytes were written} */
    long length() {
        return length;
    }

    /** {@return the SHA-256 of the written data} Can be called once, at the end. */
    String digest() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
