package dev.monarch.backup.schedule;

import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

import dev.monarch.archive.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

/** A store in which something happens, on the thread that works, when a backup begins, and when one is read. */
final class WatchedStore implements BackupStore {

    private final BackupStore store;

    private final Runnable atTheBeginning;

    private final Consumer<String> beforeReading;

    WatchedStore(BackupStore store, Runnable atTheBeginning, Consumer<String> beforeReading) {
        this.store = store;
        this.atTheBeginning = atTheBeginning;
        this.beforeReading = beforeReading;
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
        BackupUpload upload = store.begin(name, extension);
        try {
            atTheBeginning.run();
            return upload;
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    @Override
    public List<BackupSummary> list() {
        return store.list();
    }

    @Override
    public Manifest find(String name) {
        return store.find(name);
    }

    @Override
    public InputStream open(String name) {
        beforeReading.accept(name);
        return store.open(name);
    }

    @Override
    public InputStream open(String name, List<Span> spans) {
        beforeReading.accept(name);
        return store.open(name, spans);
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }
}
