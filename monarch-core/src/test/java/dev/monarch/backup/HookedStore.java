package dev.monarch.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.Span;

/** A store that runs a hook during a backup, or after all data of a backup was read. */
class HookedStore extends DelegatingStore {

    private final Runnable inTheMiddle;

    private final Runnable atTheEnd;

    HookedStore(BackupStore store, Runnable inTheMiddle, Runnable atTheEnd) {
        super(store);
        this.inTheMiddle = inTheMiddle;
        this.atTheEnd = atTheEnd;
    }

    @Override
    public BackupUpload begin(String name, String extension) {
        return new HookedUpload(super.begin(name, extension), inTheMiddle);
    }

    @Override
    public InputStream open(String name) {
        return hooked(super.open(name));
    }

    @Override
    public InputStream open(String name, List<Span> spans) {
        return hooked(super.open(name, spans));
    }

    private InputStream hooked(InputStream stream) {
        return new FilterInputStream(stream) {

            private boolean ended;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                if (read < 0 && !ended) {
                    ended = true;
                    atTheEnd.run();
                }
                return read;
            }
        };
    }
}
