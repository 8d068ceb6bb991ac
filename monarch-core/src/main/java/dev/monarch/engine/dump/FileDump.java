package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.archive.ArchiveHeader;
import dev.monarch.engine.archive.ArchiveVisitor;
import dev.monarch.engine.archive.ArchivedCollection;
import dev.monarch.engine.archive.DocumentReader;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.transfer.Namespace;
import dev.monarch.transfer.Omission;

/** Reads the collections of a dump, one after the other, in the order of its files. */
final class FileDump implements DumpReader {

    private final DumpContainer container;

    private final DumpIndex.Contents contents;

    FileDump(DumpContainer container, DumpIndex.Contents contents) {
        this.container = container;
        this.contents = contents;
    }

    @Override
    public ArchiveHeader header() {
        return contents.header();
    }

    @Override
    public List<ArchivedCollection> collections() {
        return contents.collections();
    }

    @Override
    public List<Omission> omissions() {
        return contents.omissions();
    }

    @Override
    public void readAll(ArchiveVisitor visitor) {
        Set<ArchivedCollection> ended = new HashSet<>();
        Set<ArchivedCollection> withDocuments =
                new HashSet<>(contents.documents().values());
        try {
            container.forEach(file -> {
                ArchivedCollection collection = contents.documents().get(file.path());
                if (collection != null) {
                    read(file, collection.blocks(), visitor);
                    ended.add(collection);
                }
            });
        } catch (IOException e) {
            throw DamagedArchiveException.inFile(container.name(), 0, "it cannot be read: " + e.getMessage(), e);
        }
        for (ArchivedCollection collection : contents.collections()) {
            if (!ended.contains(collection)) {
                requireNone(collection, withDocuments);
                visitor.end(collection.namespace(), 0, 0);
            }
        }
    }

    private void read(ContainedFile file, Namespace namespace, ArchiveVisitor visitor) throws IOException {
        try (InputStream content = file.content()) {
            long documents = DocumentReader.readFile(
                    content, namespace.toString(), batch -> visitor.documents(namespace, batch));
            visitor.end(namespace, documents, 0);
        } catch (DamagedArchiveException e) {
            throw e.file() == null ? e.in(file.path()) : e;
        } catch (IOException e) {
            throw DamagedArchiveException.inFile(file.path(), 0, "it cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireNone(ArchivedCollection collection, Set<ArchivedCollection> withDocuments) {
        if (withDocuments.contains(collection)) {
            throw DamagedArchiveException.inFile(
                    container.name(),
                    0,
                    "the file with the documents of '" + collection.namespace()
                            + "' was removed while the dump was read",
                    null);
        }
    }

    @Override
    public void close() throws IOException {
        container.release();
    }
}
