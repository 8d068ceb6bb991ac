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
 * The right to write, or to delete, the backup of one name: a locked file, whose lock the system takes back from whoever
 * dies. A file that is there and not locked says that somebody died at work; in it is the extension of the data.
 *
 * <p>Taken and inherited only in one's {@link DirectoryLock}, so that nobody sees a file that is not locked yet.
 */
final class NameReservation implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NameReservation.class);

    private static final int LONGEST_EXTENSION = 256;

    /**
     * Those of this process. Whoever closes any channel of a file gives up all locks that the process has on it (POSIX), so
     * these must not be opened to see whether they are locked.
     */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path file;

    private final FileChannel channel;

    private boolean givenUp;

    private NameReservation(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes a name, unless somebody is, or was, busy with it. */
    static @Nullable NameReservation take(DirectoryLock lock, String name, String extension) throws IOException {
        Path file = file(lock.folder(), name);
        try {
            lock.folder().createFile(file);
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        NameReservation taken = lock(file);
        if (taken == null) {
            // Somebody here is giving it up at this moment.
            Files.delete(file);
            return null;
        }
        try {
            taken.channel.write(ByteBuffer.wrap(extension.getBytes(StandardCharsets.UTF_8)));
            return taken;
        } catch (IOException e) {
            taken.close();
            throw e;
        }
    }

    /** Takes over a name from somebody who died, unless nobody did. */
    static @Nullable NameReservation inherit(DirectoryLock lock, String name) throws IOException {
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
        if (!HERE.add(file)) {
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
                HERE.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Returns how the name of the data ends; empty if whoever was busy died before there was any. */
    String extension() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_EXTENSION);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    /** Gives the name up as one who dies would: what is left is removed by the next who has a turn. */
    synchronized void leaveBehind() {
        if (givenUp) {
            return;
        }
        givenUp = true;
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("'{}' could not be closed", file, e);
        } finally {
            HERE.remove(file);
        }
    }

    /** Gives the name up. */
    @Override
    public synchronized void close() throws IOException {
        try {
            if (!givenUp) {
                Files.deleteIfExists(file);
            }
        } finally {
            leaveBehind();
        }
    }
}
