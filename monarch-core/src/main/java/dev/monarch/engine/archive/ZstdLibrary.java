package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;

import com.github.luben.zstd.Zstd;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/** The optional library zstd-jni, which may be missing, or may be there and unable to load its native part. */
public final class ZstdLibrary {

    private static final @Nullable String MISSING = tryIt();

    private ZstdLibrary() {}

    private static @Nullable String tryIt() {
        try {
            Zstd.compress(new byte[1]);
            return null;
        } catch (NoClassDefFoundError e) {
            return String.valueOf(e.getMessage()).startsWith("com/github/luben")
                    ? "com.github.luben:zstd-jni is not on the class path; add it as a dependency"
                    : "zstd-jni cannot load its native library: " + e.getMessage();
        } catch (LinkageError | RuntimeException e) {
            // A temporary folder that is mounted noexec, a C library it was not built for.
            return "zstd-jni cannot load its native library: " + e.getMessage();
        }
    }

    /** Returns why it cannot be used, as a clause; nothing if it can. */
    public static @Nullable String missing() {
        return MISSING;
    }

    /**
     * Decompresses all frames of a stream; one that ends within a frame is an error.
     *
     * @throws OperationRefusedException if the library is missing
     */
    static InputStream decompressing(InputStream stream) throws IOException {
        if (MISSING != null) {
            throw Refusal.toRead(Reason.ZSTD_MISSING, "it is compressed with zstd, and " + MISSING);
        }
        return ZstdStream.of(stream);
    }
}
