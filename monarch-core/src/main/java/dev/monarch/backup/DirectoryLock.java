package dev.monarch.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serializes the reservation of names in a directory, across threads and processes. Held only briefly, never while data
 * is written.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = ".monarch.lock";

    /** File locks exclude other processes, not other threads; these locks exclude threads. */
    private static final Map<Path, ReentrantLock> THREAD_LOCKS = new ConcurrentHashMap<>();

    private final BackupFolder folder;

    private final ReentrantLock threadLock;

    private final FileChannel channel;

    private DirectoryLock(BackupFolder folder, ReentrantLock threadLock, FileChannel channel) {
        this.folder = folder;
        this.threadLock = threadLock;
        this.channel = channel;
    }

    /** Waits for the lock and acquires it. */
    static DirectoryLock acquire(BackupFolder folder) throws IOException {
        Path file = folder.directory().toRealPath().resolve(FILE);
        ReentrantLock threadLock = THREAD_LOCKS.computeIfAbsent(file, path -> new ReentrantLock());
        threadLock.lock();
        FileChannel channel = null;
        boolean locked = false;
        try {
            createIfAbsent(folder, file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.lock();
            locked = true;
            return new DirectoryLock(folder, threadLock, channel);
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                threadLock.unlock();
            }
        }
    }

    private static void createIfAbsent(BackupFolder folder, Path file) throws IOException {
        try {
            folder.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // The file is never removed. Otherwise, two processes could lock two different files.
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
            threadLock.unlock();
        }
    }
}
