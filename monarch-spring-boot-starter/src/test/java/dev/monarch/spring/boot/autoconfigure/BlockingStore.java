package dev.monarch.spring.boot.autoconfigure;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.Manifest;

/** A store in a directory whose uploads block until their thread is interrupted. */
final class BlockingStore implements BackupStore {

    private final BackupStore store;

    private final CountDownLatch begun = new CountDownLatch(1);

    BlockingStore(Path folder) {
        this.store = new LocalBackupStore(folder);
    }

    /** Counted down when a backup has started. */
    CountDownLatch begun() {
        return begun;
    }

    @Override
    public BackupUpload begin(String name, String extension) {
        try (BackupUpload upload = store.begin(name, extension)) {
            begun.countDown();
            new CountDownLatch(1).await();
            return upload;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "blocking";
    }

    @Override
    public String description() {
        return "a place where nothing goes on";
    }

    @Override
    public List<BackupSummary> list() {
        return store.list();
    }

    @Override
    public List<String> others(List<BackupSummary> backups) {
        return List.of();
    }

    @Override
    public Manifest find(String name) {
        return store.find(name);
    }

    @Override
    public InputStream open(String name) {
        return store.open(name);
    }

    @Override
    public InputStream open(String name, List<Span> spans) {
        return store.open(name, spans);
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }
}
