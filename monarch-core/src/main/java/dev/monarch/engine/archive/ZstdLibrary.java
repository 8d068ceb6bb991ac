package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;

import com.github.luben.zstd.Zstd;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.OptionalLibrary;

/** Access to the optional library zstd-jni, which may be absent or unable to load its native library. */
public final class ZstdLibrary {

    /** For example, a temporary directory may be mounted noexec, or the C library may be incompatible. */
    private static final @Nullable String MISSING = new OptionalLibrary(
                    "com.github.luben:zstd-jni", "com/github/luben", "zstd-jni cannot load its native library")
            .problem(() -> Zstd.compress(new byte[1]));

    private ZstdLibrary() {}

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
