package dev.monarch.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time among all that take names in a folder, in this process and others; held for moments, never while writing. */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = ".monarch.turn";

    /** A file lock is a process's, not a thread's. */
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final BackupFolder folder;

    private final ReentrantLock here;

    private final FileChannel channel;

    private DirectoryLock(BackupFolder folder, ReentrantLock here, FileChannel channel) {
        this.folder = folder;
        this.here = here;
        this.channel = channel;
    }

    /** Waits until it is one's turn. */
    static DirectoryLock in(BackupFolder folder) throws IOException {
        Path file = folder.directory().toRealPath().resolve(FILE);
        ReentrantLock here = HERE.computeIfAbsent(file, path -> new ReentrantLock());
        here.lock();
        FileChannel channel = null;
        boolean locked = false;
        try {
            createIfAbsent(folder, file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.lock();
            locked = true;
            return new DirectoryLock(folder, here, channel);
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                here.unlock();
            }
        }
    }

    private static void createIfAbsent(BackupFolder folder, Path file) throws IOException {
        try {
            folder.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // It is never removed: two could then have their turns by two files.
        }
    }

    BackupFolder folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            here.unlock();
        }
    }
}
