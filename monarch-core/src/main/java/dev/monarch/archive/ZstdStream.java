package dev.monarch.archive;

import java.io.IOException;
import java.io.InputStream;

import com.github.luben.zstd.ZstdInputStream;

/** Keeps the library's stream out of {@link ZstdLibrary}, which must load without it. */
final class ZstdStream {

    private ZstdStream() {}

    static InputStream of(InputStream stream) throws IOException {
        return new ZstdInputStream(stream);
    }
}
