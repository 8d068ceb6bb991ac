package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.ArchiveOutput.Span;

/** An archive in memory, with an optional capacity. */
final class MemoryOutput implements ArchiveOutput {

    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final int room;

    private List<Span> cuts = List.of();

    MemoryOutput() {
        this(Integer.MAX_VALUE);
    }

    MemoryOutput(int room) {
        this.room = room;
    }

    @Override
    public void write(byte[] more, int offset, int length) throws IOException {
        if (bytes.size() + length > room) {
            throw new IOException("no room left");
        }
        bytes.write(more, offset, length);
    }

    @Override
    public void cut(List<Span> spans) {
        cuts = List.copyOf(spans);
        byte[] all = bytes.toByteArray();
        bytes = new ByteArrayOutputStream();
        int at = 0;
        for (Span span : spans) {
            bytes.write(all, at, (int) span.offset() - at);
            at = (int) (span.offset() + span.length());
        }
        bytes.write(all, at, all.length - at);
    }

    @Override
    public InputStream contents() {
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    List<Span> cuts() {
        return cuts;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
