package dev.monarch.backup;

import java.io.InputStream;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.Span;

/** A store that delegates to another one, for tests that override a method. */
public abstract class DelegatingStore implements BackupStore {

    private final BackupStore store;

    protected DelegatingStore(BackupStore store) {
        this.store = store;
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
        return store.begin(name, extension);
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
