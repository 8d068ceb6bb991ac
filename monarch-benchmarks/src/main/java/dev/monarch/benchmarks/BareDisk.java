package dev.monarch.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** The write speed of a folder's disk. No durable backup of the same length can be faster. */
record BareDisk(Path folder) {

    private static final int PIECE = 1024 * 1024;

    /** Writes a number of bytes and fsyncs them. */
    long write(long bytes) throws IOException {
        byte[] piece = new byte[PIECE];
        new Random(1).nextBytes(piece);
        Path file = folder.resolve("bare.write");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long written = 0; written < bytes; written += PIECE) {
                channel.write(ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, bytes - written)));
            }
            channel.force(true);
        }
        Files.delete(file);
        return 0;
    }
}
