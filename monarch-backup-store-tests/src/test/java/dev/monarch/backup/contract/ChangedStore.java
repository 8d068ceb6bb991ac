package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

/** A store that delegates to another one. A test overrides what it changes. */
class ChangedStore implements BackupStore {

    private final BackupStore store;

    ChangedStore(BackupStore store) {
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
    public List<ForeignArchive> foreignArchives() {
        return store.foreignArchives();
    }

    @Override
    public Optional<ForeignArchive> foreignArchive(String name) {
        return store.foreignArchive(name);
    }

    @Override
    public Stream<ForeignArchive> foreignFiles(String name) {
        return store.foreignFiles(name);
    }

    @Override
    public InputStream openForeign(String name, Span span) {
        return store.openForeign(name, span);
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }

    /** An upload that delegates to another one. */
    static class Upload implements BackupUpload {

        private final BackupUpload upload;

        Upload(BackupUpload upload) {
            this.upload = upload;
        }

        @Override
        public String name() {
            return upload.name();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            upload.write(bytes, offset, length);
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
}
