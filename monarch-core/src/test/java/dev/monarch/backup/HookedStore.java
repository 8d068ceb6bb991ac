package dev.monarch.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import dev.monarch.archive.Span;

/** A store in which something happens in the middle of a backup, or once all data of one has been read. */
class HookedStore implements BackupStore {

    private final BackupStore store;

    private final Runnable inTheMiddle;

    private final Runnable atTheEnd;

    HookedStore(BackupStore store, Runnable inTheMiddle, Runnable atTheEnd) {
        this.store = store;
        this.inTheMiddle = inTheMiddle;
        this.atTheEnd = atTheEnd;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public String description() {
        return store.description();
    }

    @Override
    public BackupUpload begin(String name, String extension) {
        return new HookedUpload(store.begin(name, extension), inTheMiddle);
    }

    @Override
    public List<BackupSummary> list() {
        return store.list();
    }

    @Override
    public List<String> others(List<BackupSummary> backups) {
        return store.others(backups);
    }

    @Override
    public Manifest find(String name) {
        return store.find(name);
    }

    @Override
    public InputStream open(String name) {
        return hooked(store.open(name));
    }

    @Override
    public InputStream open(String name, List<Span> spans) {
        return hooked(store.open(name, spans));
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

    @Override
    public void delete(String name) {
        store.delete(name);
    }
}
