package dev.monarch.backup.schedule;

import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.DelegatingStore;

/** A store that runs hooks on the worker thread when a backup starts, and when one is read. */
final class WatchedStore extends DelegatingStore {

    private final Runnable atTheBeginning;

    private final Consumer<String> beforeReading;

    WatchedStore(BackupStore store, Runnable atTheBeginning, Consumer<String> beforeReading) {
        super(store);
        this.atTheBeginning = atTheBeginning;
        this.beforeReading = beforeReading;
    }

    @Override
    public BackupUpload begin(String name, String extension) {
        BackupUpload upload = super.begin(name, extension);
        try {
            atTheBeginning.run();
            return upload;
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    @Override
    public InputStream open(String name) {
        beforeReading.accept(name);
        return super.open(name);
    }

    @Override
    public InputStream open(String name, List<Span> spans) {
        beforeReading.accept(name);
        return super.open(name, spans);
    }
}
