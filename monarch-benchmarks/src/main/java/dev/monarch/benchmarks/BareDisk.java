package dev.monarch.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** What a folder can take at most: no backup of that length that survives a crash can be faster. */
record BareDisk(Path folder) {

    private static final int PIECE = 1024 * 1024;

    /** Writes so many bytes and waits until they are on the disk. */
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
