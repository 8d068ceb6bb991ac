package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;

import com.github.luben.zstd.Zstd;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/** Access to the optional library zstd-jni, which may be absent or unable to load its native library. */
public final class ZstdLibrary {

    private static final @Nullable String MISSING = probe();

    private ZstdLibrary() {}

    private static @Nullable String probe() {
        try {
            Zstd.compress(new byte[1]);
            return null;
        } catch (NoClassDefFoundError e) {
            return String.valueOf(e.getMessage()).startsWith("com/github/luben")
                    ? "com.github.luben:zstd-jni is not on the class path; add it as a dependency"
                    : "zstd-jni cannot load its native library: " + e.getMessage();
        } catch (LinkageError | RuntimeException e) {
            // For example, a temporary directory that is mounted noexec, or an incompatible C library.
            return "zstd-jni cannot load its native library: " + e.getMessage();
        }
    }

    /** {@return why the library is not available, as a clause; null if it is} */
    public static @Nullable String missing() {
        return MISSING;
    }

    /**
     * Decompresses all frames of a stream. A stream that ends within a frame is an error.
     *
     * @throws OperationRefusedException if the library is missing
     */
    static InputStream decompress(InputStream stream) throws IOException {
        if (MISSING != null) {
            throw UnsupportedArchive.toRead(Reason.ZSTD_MISSING, "it is compressed with zstd, and " + MISSING);
        }
        return ZstdStream.of(stream);
    }
}
