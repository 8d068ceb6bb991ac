package dev.monarch.engine.dump;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.UnicodeForm;
import dev.monarch.engine.archive.ArchiveHeader;
import dev.monarch.engine.archive.ArchivedCollection;
import dev.monarch.engine.archive.OldIndexes;
import dev.monarch.engine.archive.UnsupportedArchive;
import dev.monarch.engine.dump.DumpDirectory.Located;
import dev.monarch.transfer.Omission;

/**
 * The collections in a dump, and the files with their documents. Reads the whole container once, because its files may
 * have any order.
 */
final class DumpIndex {

    /** The most heap that a description needs once it is parsed, in bytes per byte of its text. */
    private static final int MEMORY_PER_BYTE = 64;

    private static final int OMISSIONS_NAMED = 10;

    private static final String OLD_INDEXES = "system.indexes";

    /** Files that operating systems add. */
    private static final Pattern OF_A_SYSTEM = Pattern.compile(
            "(.*/)?((__MACOSX|\\.AppleDouble|@eaDir)/.*|\\.DS_Store|Thumbs\\.db|desktop\\.ini)",
            Pattern.CASE_INSENSITIVE);

    /** A data directory of a server contains this file. */
    private static final Pattern OF_A_SERVER = Pattern.compile("(.*/)?WiredTiger");

    private final DumpContainer container;

    private final Map<String, DumpDirectory> directories = new TreeMap<>();

    private final Set<String> paths = new HashSet<>();

    private final List<String> others = new ArrayList<>();

    private ArchiveHeader header = new ArchiveHeader("", "", "");

    private long metadataLeft = Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE;

    private DumpIndex(DumpContainer container) {
        this.container = container;
    }

    /**
     * What a dump contains.
     *
     * @param header the versions in the dump
     * @param collections the collections
     * @param documents the collections by the paths of the files with their documents
     * @param omissions the files that do not belong to a dump, and those that are missing
     */
    record Contents(
            ArchiveHeader header,
            List<ArchivedCollection> collections,
            Map<String, ArchivedCollection> documents,
            List<Omission> omissions) {}

    static Contents of(DumpContainer container) throws IOException {
        DumpIndex index = new DumpIndex(container);
        container.forEach(index::add);
        return index.contents();
    }

    private void add(ContainedFile file) throws IOException {
        if (!paths.add(file.path())) {
            throw DamagedArchiveException.inFile(file.path(), 0, "the dump contains this file twice", null);
        }
        if (OF_A_SYSTEM.matcher(file.path()).matches() || file.isAppleDouble()) {
            return;
        }
        DumpFileName name = file.name();
        switch (name.kind()) {
            case DOCUMENTS -> addDocuments(name.stem(), file);
            case OLD_DOCUMENTS -> addOldDocuments(name.stem(), file);
            case METADATA -> directory(file).addMetadata(name.stem(), file.path(), text(file));
            case PRELUDE -> header = ArchiveHeader.ofPrelude(text(file));
            case UNREADABLE ->
                throw UnsupportedArchive.toRead(
                        Reason.FOREIGN_COMPRESSION,
                        "'" + file.path()
                                + "' is compressed or encrypted, and Monarch decompresses only gzip and zstd");
            case OTHER -> others.add(file.path());
        }
    }

    private void addOldDocuments(String stem, ContainedFile file) throws IOException {
        if (file.beginsLikeDocuments()) {
            addDocuments(stem, file);
        } else {
            others.add(file.path());
        }
    }

    private void addDocuments(String stem, ContainedFile file) throws IOException {
        directory(file).addDocuments(stem, file.path());
        if (stem.equals(OLD_INDEXES)) {
            byte[] bytes = bytes(file);
            try {
                directory(file).addIndexes(OldIndexes.metadata(new ByteArrayInputStream(bytes), file.path()));
            } catch (DamagedArchiveException e) {
                throw e.in(file.path());
            }
        }
    }

    private DumpDirectory directory(ContainedFile file) {
        return directories.computeIfAbsent(file.directory(), DumpDirectory::new);
    }

    private String text(ContainedFile file) {
        String text = new String(bytes(file), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private byte[] bytes(ContainedFile file) {
        try (InputStream stream = file.content()) {
            byte[] bytes = stream.readNBytes((int) Math.min(metadataLeft + 1, Integer.MAX_VALUE - 8));
            metadataLeft -= bytes.length;
            if (metadataLeft < 0) {
                throw DamagedArchiveException.inFile(
                        file.path(),
                        bytes.length,
                        "the descriptions of the collections need more memory than this heap has; increase -Xmx",
                        null);
            }
            return bytes;
        } catch (IOException e) {
            throw DamagedArchiveException.inFile(file.path(), 0, "it cannot be read: " + e.getMessage(), e);
        } catch (DamagedArchiveException e) {
            throw e.file() == null ? e.in(file.path()) : e;
        }
    }

    private String withoutDump() {
        if (others.stream().anyMatch(file -> OF_A_SERVER.matcher(file).matches())) {
            return "it is " + container.format() + " with the data files of a server, not a dump: start a server with"
                    + " them, and restore from there";
        }
        return "it is " + container.format() + " without a dump: it contains no .bson and no .metadata.json file"
                + (others.isEmpty() ? "" : ", only " + named(others));
    }

    private Contents contents() throws IOException {
        if (directories.isEmpty()) {
            throw UnsupportedArchive.toRead(Reason.NO_DUMP, withoutDump());
        }
        List<ArchivedCollection> collections = new ArrayList<>();
        Map<String, ArchivedCollection> documents = new HashMap<>();
        List<Omission> omissions = new ArrayList<>(omissions());
        Map<String, String> databases = databases();
        for (DumpDirectory directory : directories.values()) {
            for (Located located : directory.collections(databases.getOrDefault(directory.path(), ""))) {
                collections.add(located.collection());
                if (located.documents() != null) {
                    documents.put(located.documents(), located.collection());
                }
                if (located.lacksDocuments()) {
                    omissions.add(new Omission(
                            "The content of '" + located.collection().namespace() + "'",
                            "the dump has no file with its documents, so the collection is created empty"));
                }
            }
        }
        if (omissions.size() > omissions().size() && container.comparesNames()) {
            requireSameNames(documents.keySet());
        }
        return new Contents(header, collections, documents, omissions);
    }

    /** A damaged name may hide the file of a collection. The names of a file are compared when it is opened. */
    private void requireSameNames(Set<String> documents) throws IOException {
        container.forEach(file -> {
            if (!documents.contains(file.path())) {
                file.content().close();
            }
        });
    }

    private List<Omission> omissions() {
        return others.isEmpty()
                ? List.of()
                : List.of(new Omission(
                        others.size() == 1 ? "The file " + named(others) : "Each of the files " + named(others),
                        "it does not belong to a dump"));
    }

    private static String named(List<String> files) {
        String names = "'" + String.join("', '", files.subList(0, Math.min(files.size(), OMISSIONS_NAMED))) + "'";
        return files.size() > OMISSIONS_NAMED ? names + " and " + (files.size() - OMISSIONS_NAMED) + " more" : names;
    }

    /** {@return the name of the database in each directory; two with the same name are told apart by their paths} */
    private Map<String, String> databases() {
        Map<String, String> names = new HashMap<>();
        Map<String, Integer> uses = new HashMap<>();
        directories.forEach((path, directory) -> {
            String name = database(directory);
            names.put(path, name);
            uses.merge(name, 1, Integer::sum);
        });
        names.replaceAll(
                (path, name) -> !name.isEmpty() && uses.getOrDefault(name, 0) > 1 && !path.isEmpty() ? path : name);
        return names;
    }

    private String database(DumpDirectory directory) {
        if (directory.isOplog()) {
            return "";
        }
        String path = directory.path();
        return path.isEmpty() ? databaseOfRoot(directory) : databaseNamed(ContainedFile.lastName(path), directory);
    }

    /** A file system may have changed the Unicode form of a name. Old tools also wrote it into the indexes. */
    private static String databaseNamed(String name, DumpDirectory directory) {
        return UnicodeForm.mayDiffer(name)
                ? directory
                        .databaseInIndexes()
                        .filter(known -> UnicodeForm.isSame(known, name))
                        .orElse(name)
                : name;
    }

    /** The files are not in a directory of their database, so its name is not in the dump. */
    private String databaseOfRoot(DumpDirectory directory) {
        return container.isFolder()
                ? container.database()
                : directory.databaseInIndexes().orElseGet(container::database);
    }
}
