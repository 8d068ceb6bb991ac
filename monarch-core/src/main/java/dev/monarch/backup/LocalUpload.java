package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.Span;
import dev.monarch.lock.Uninterrupted;

/** A backup on its way into a folder. Files are written without channels, which an interrupt would close. */
final class LocalUpload implements BackupUpload {

    private static final Logger log = LoggerFactory.getLogger(LocalUpload.class);

    private static final int BUFFER = 1024 * 1024;

    /** Java copies what it writes; a large copy costs more than many small ones, for its memory is given back each time. */
    private static final int WRITTEN_AT_ONCE = 64 * 1024;

    private final BackupFolder folder;

    private final String name;

    private final String extension;

    private final BusyName busy;

    private final RandomAccessFile part;

    private final WriteBehind writeBehind;

    /** What bears its last name already, in the order in which it got it. */
    private final List<Path> published = new ArrayList<>();

    private boolean ended;

    private LocalUpload(BackupFolder folder, String name, String extension, BusyName busy, RandomAccessFile part)
            throws IOException {
        this.folder = folder;
        this.name = name;
        this.extension = extension;
        this.busy = busy;
        this.part = part;
        this.writeBehind = new WriteBehind(part.getFD());
    }

    static LocalUpload begin(BackupFolder folder, String name, String extension, BusyName busy) throws IOException {
        try {
            folder.createFile(folder.part(name));
            RandomAccessFile part = new RandomAccessFile(folder.part(name).toFile(), "rw");
            return new LocalUpload(folder, name, extension, busy, part);
        } catch (IOException e) {
            busy.leaveBehind();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            for (int at = 0; at < length; at += WRITTEN_AT_ONCE) {
                part.write(bytes, offset + at, Math.min(WRITTEN_AT_ONCE, length - at));
            }
            writeBehind.written(length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void cut(List<Span> spans) {
        try {
            long end = part.length();
            long to = spans.isEmpty() ? end : spans.get(0).offset();
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                long from = span.offset() + span.length();
                long next = i + 1 < spans.size() ? spans.get(i + 1).offset() : end;
                move(from, to, next - from);
                to += next - from;
            }
            part.setLength(to);
            part.seek(to);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void move(long from, long to, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long moved = 0; moved < length; ) {
            int now = (int) Math.min(buffer.length, length - moved);
            part.seek(from + moved);
            part.readFully(buffer, 0, now);
            part.seek(to + moved);
            part.write(buffer, 0, now);
            moved += now;
        }
    }

    @Override
    public InputStream contents() throws IOException {
        return Files.newInputStream(folder.part(name));
    }

    @Override
    public Manifest complete(Manifest manifest) {
        Uninterrupted.run(() -> publish(manifest));
        return manifest;
    }

    private synchronized void publish(Manifest manifest) {
        try {
            writeBehind.close();
            part.getFD().sync();
            part.close();
            publish(folder.part(name), folder.data(name, extension));
            write(folder.manifestPart(name), ManifestJson.write(manifest));
            publish(folder.manifestPart(name), folder.manifest(name));
            ended = true;
        } catch (IOException e) {
            throw failed(e);
        }
        giveUpName();
    }

    private void publish(Path from, Path to) throws IOException {
        folder.rename(from, to);
        published.add(to);
        folder.sync();
    }

    private void write(Path file, byte[] bytes) throws IOException {
        folder.createFile(file);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(bytes);
            open.getFD().sync();
        }
    }

    private void giveUpName() {
        try {
            busy.close();
        } catch (IOException e) {
            log.debug("The name '{}' could not be given up; the next backup does it", name, e);
        }
    }

    private BackupStoreException failed(IOException e) {
        return folder.problem("the backup '" + name + "' cannot be written", e);
    }

    @Override
    public void close() {
        Uninterrupted.run(this::remove);
    }

    private synchronized void remove() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            writeBehind.close();
            part.close();
            for (int i = published.size() - 1; i >= 0; i--) {
                folder.delete(published.get(i));
            }
            folder.delete(folder.manifestPart(name));
            folder.delete(folder.part(name));
            giveUpName();
        } catch (IOException e) {
            busy.leaveBehind();
            log.warn(
                    "Could not remove what was written of '{}' from {} ({}); the next backup does",
                    name,
                    folder.description(),
                    e.getMessage());
        }
    }
}
