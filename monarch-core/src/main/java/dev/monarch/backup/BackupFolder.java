package dev.monarch.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;

/**
 * The directory of a local store: the names of its files, and the durable operations on them.
 *
 * <pre>{@code
 * NAME.archive.zst       the data
 * NAME.manifest.json     makes it a backup
 * .NAME.busy             locked while the backup is written or deleted
 * .NAME.part             data that is being written
 * .NAME.manifest.part    a manifest that is being written
 * .monarch.lock          the lock of the directory; never deleted
 * }</pre>
 */
record BackupFolder(Path directory) {

    private static final String MANIFEST = ".manifest.json";

    private static final String BUSY = ".busy";

    private static final long FULL_DISK_BYTES = 1024 * 1024;

    String description() {
        return "the folder '" + directory + "'";
    }

    Path data(String name, String extension) {
        return directory.resolve(name + extension);
    }

    Path manifest(String name) {
        return directory.resolve(name + MANIFEST);
    }

    Path busy(String name) {
        return directory.resolve("." + name + BUSY);
    }

    Path part(String name) {
        return directory.resolve("." + name + ".part");
    }

    Path manifestPart(String name) {
        return directory.resolve("." + name + ".manifest.part");
    }

    /** Creates the directory if it does not exist. */
    void create() {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectory(directory, permissions("rwx------"));
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw new BackupStoreException(
                        description(),
                        Reason.BACKUP_FOLDER_UNUSABLE,
                        Files.exists(directory) ? "it is not a folder" : "it does not exist and cannot be created",
                        e);
            }
        }
    }

    void createFile(Path file) throws IOException {
        Files.createFile(file, permissions("rw-------"));
    }

    private FileAttribute<?>[] permissions(String text) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    /** Gives a file its final name. */
    void rename(Path part, Path file) throws IOException {
        Files.move(part, file);
    }

    /** Deletes a file and syncs the directory. */
    void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync();
        }
    }

    /**
     * Fsyncs the directory, which holds the names of the files. Has no effect where directories cannot be opened,
     * because there it is not necessary.
     */
    void sync() throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** {@return whether there is a file that could be the manifest or the data of a backup of this name} */
    boolean isTaken(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(file -> isPartOf(file, name)
                            || file.equals(part(name).getFileName().toString())
                            || file.equals(manifestPart(name).getFileName().toString()));
        }
    }

    /** {@return whether a file could be the manifest or the data of a backup} */
    boolean isPartOf(String file, String name) {
        return file.equals(name + MANIFEST) || file.startsWith(name + ".archive");
    }

    /** {@return the names of all files that are not hidden} */
    List<String> files() {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw problem("it cannot be listed", e);
        }
    }

    /** {@return the names of the backups with a manifest} */
    List<String> names() {
        return names("", MANIFEST);
    }

    /** {@return the names that are, or were, reserved for writing or deleting} */
    List<String> busyNames() {
        return names(".", BUSY);
    }

    private List<String> names(String before, String after) {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(before)
                            && file.endsWith(after)
                            && file.length() > before.length() + after.length())
                    .filter(file ->
                            before.isEmpty() || Files.isRegularFile(directory.resolve(file), LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.substring(before.length(), file.length() - after.length()))
                    .filter(name -> BackupName.problem(name).isEmpty())
                    .toList();
        } catch (IOException e) {
            throw problem("it cannot be listed", e);
        }
    }

    /** Says what went wrong. */
    BackupStoreException problem(String what, IOException e) {
        if (isFull(e)) {
            return new BackupStoreException(
                    description(), Reason.BACKUP_DISK_FULL, "its disk is full; the incomplete backup was removed", e);
        }
        return new BackupStoreException(
                description(),
                Reason.BACKUP_FILE_INACCESSIBLE,
                what + " (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                e);
    }

    private boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("not enough space") || message.contains("quota")) {
            return true;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < FULL_DISK_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}
