package dev.monarch.engine.dump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/** Counts decompressed bytes, and refuses more than a multiple of the stored size. */
final class Expansion {

    /** Even a very high ratio is harmless for so few bytes. */
    private static final long ALWAYS_PERMITTED = 64L * 1024 * 1024;

    private final String name;

    private final long limit;

    private final int maxRatio;

    private long expanded;

    /**
     * @param name the name of the file in messages
     * @param stored its stored size in bytes
     */
    Expansion(String name, long stored, ContainerLimits limits) {
        this.name = name;
        this.maxRatio = limits.maxRatio();
        this.limit =
                ALWAYS_PERMITTED + (stored > Long.MAX_VALUE / 2 / maxRatio ? Long.MAX_VALUE / 2 : stored * maxRatio);
    }

    /** {@return the same stream, with its bytes counted} */
    InputStream counting(InputStream stream) {
        return new FilterInputStream(stream) {

            @Override
            public int read() throws IOException {
                int read = in.read();
                add(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = in.read(bytes, offset, length);
                add(Math.max(read, 0));
                return read;
            }

            @Override
            public long skip(long distance) throws IOException {
                long skipped = in.skip(distance);
                add(skipped);
                return skipped;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    private void add(long bytes) {
        expanded += bytes;
        if (expanded > limit) {
            throw UnsupportedArchive.toRead(
                    Reason.DUMP_RATIO,
                    "'" + name + "' expands to more than " + maxRatio + " times its size, after " + expanded
                            + " bytes");
        }
    }
}
