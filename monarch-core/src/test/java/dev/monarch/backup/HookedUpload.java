package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.Span;

/** An upload that runs a hook during the upload. */
final class HookedUpload implements BackupUpload {

    private static final long MIDDLE = 256 * 1024;

    private final BackupUpload upload;

    private final Runnable inTheMiddle;

    private long written;

    HookedUpload(BackupUpload upload, Runnable inTheMiddle) {
        this.upload = upload;
        this.inTheMiddle = inTheMiddle;
    }

    @Override
    public String name() {
        return upload.name();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        upload.write(bytes, offset, length);
        boolean before = written < MIDDLE;
        written += length;
        if (before && written >= MIDDLE) {
            inTheMiddle.run();
        }
    }

    @Override
    public void cut(List<Span> spans) throws IOException {
        upload.cut(spans);
    }

    @Override
    public InputStream contents() throws IOException {
        return upload.contents();
    }

    @Override
    public Manifest complete(Manifest manifest) {
        return upload.complete(manifest);
    }

    @Override
    public void close() {
        upload.close();
    }
}
