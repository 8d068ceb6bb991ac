package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The documents of one collection: a file of a mongodump directory, or the output of {@code mongodump --out -}. */
final class SingleFile implements DumpContainer {

    private static final String BUCKETS = "system.buckets.";

    private final ByteSource source;

    private final ContainerLimits limits;

    SingleFile(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String database() {
        return ContainerName.ofParent(source.directory());
    }

    @Override
    public String format() {
        return "a BSON file of one collection";
    }

    @Override
    public void forEach(FileVisitor visitor) throws IOException {
        String file = ContainedFile.lastName(name().replace('\\', '/'));
        DumpFileName name = DumpFileName.ofDocuments(file);
        for (Map.Entry<String, ByteSource> metadata : metadata(name.stem()).entrySet()) {
            try (ByteSource each = metadata.getValue()) {
                String path = path(metadata.getKey());
                visitor.file(new ContainedFile(path, () -> whole(each), new Expansion(path, each.length(), limits)));
            }
        }
        String path = path(file);
        visitor.file(new ContainedFile(path, name, () -> whole(source), new Expansion(path, source.length(), limits)));
    }

    private String path(String file) {
        return database() + "/" + file;
    }

    private static InputStream whole(ByteSource source) throws IOException {
        return source.open(0, source.length());
    }

    /** Finds the options and indexes next to the file, as mongorestore does. A time series has its own name there. */
    private Map<String, ByteSource> metadata(String stem) throws IOException {
        Map<String, ByteSource> found = new LinkedHashMap<>();
        for (String name : new String[] {stem, stem.startsWith(BUCKETS) ? stem.substring(BUCKETS.length()) : stem}) {
            for (String extension : new String[] {".metadata.json", ".metadata.json.gz", ".metadata.json.zst"}) {
                Optional<ByteSource> sibling = source.sibling(name + extension);
                if (sibling.isPresent()) {
                    found.put(name + extension, sibling.get());
                }
            }
        }
        return found;
    }

    @Override
    public void release() throws IOException {
        source.close();
    }
}
