package dev.monarch.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exclusive right to write or delete the backup of one name. It is a locked file, whose lock the system releases
 * if the process dies. An unlocked file shows that a process died; the file contains the extension of the data.
 *
 * <p>Acquired only while holding the {@link DirectoryLock}, so that no other process sees the file before it is
 * locked.
 */
final class NameReservation implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NameReservation.class);

    private static final int LONGEST_EXTENSION = 256;

    /**
     * The files locked by this process. Closing any channel of a file releases all locks that the process has on it
     * (POSIX), so these files must not be opened to test their lock.
     */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;

    private final FileChannel channel;

    private boolean released;

    private NameReservation(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Reserves a name. Returns null if it is reserved, or was reserved by a process that died. */
    static @Nullable NameReservation reserve(DirectoryLock lock, String name, String extension) throws IOException {
        Path file = file(lock.folder(), name);
        try {
            lock.folder().createFile(file);
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        NameReservation reservation = lock(file);
        if (reservation == null) {
            // Another thread of this process is releasing it.
            Files.delete(file);
            return null;
        }
        try {
            reservation.channel.write(ByteBuffer.wrap(extension.getBytes(StandardCharsets.UTF_8)));
            return reservation;
        } catch (IOException e) {
            reservation.close();
            throw e;
        }
    }

    /** Takes over the reservation of a process that died. Returns null if there is none. */
    static @Nullable NameReservation takeOver(DirectoryLock lock, String name) throws IOException {
        try {
            return lock(file(lock.folder(), name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static Path file(BackupFolder folder, String name) throws IOException {
        return folder.directory().toRealPath().resolve(folder.busy(name).getFileName());
    }

    private static @Nullable NameReservation lock(Path file) throws IOException {
        if (!LOCKED_HERE.add(file)) {
            return null;
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? new NameReservation(file, channel) : null;
        } finally {
            if (!locked) {
                LOCKED_HERE.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** {@return the extension of the data; empty if the process died before it was written} */
    String extension() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_EXTENSION);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    /**
     * Releases the lock but keeps the file, as after a crash. The next backup, or the next deletion of this one, removes
     * its files.
     */
    synchronized void abandon() {
        if (released) {
            return;
        }
        released = true;
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("'{}' could not be closed", file, e);
        } finally {
            LOCKED_HERE.remove(file);
        }
    }

    /** Releases the name. */
    @Override
    public synchronized void close() throws IOException {
        try {
            if (!released) {
                Files.deleteIfExists(file);
            }
        } finally {
            abandon();
        }
    }
}
