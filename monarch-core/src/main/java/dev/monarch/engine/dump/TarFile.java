package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;

import dev.monarch.engine.archive.Decompressor;

/** A tar file, compressed or not. It has no directory, so it is always read from its beginning to its end. */
final class TarFile implements DumpContainer {

    private final ByteSource source;

    private final ContainerLimits limits;

    TarFile(ByteSource source, ContainerLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public boolean isSequential() {
        return true;
    }

    @Override
    public String format() {
        return "a tar file";
    }

    @Override
    public void release() throws IOException {
        source.close();
    }

    @Override
    public void forEach(FileVisitor visitor) throws IOException {
        Expansion expansion = new Expansion(name(), source.length(), limits);
        try (InputStream stream = expansion.counting(Decompressor.decompress(source.open(0, source.length())))) {
            new TarReader(name(), stream, expansion, new FileCount(name(), limits)).forEach(visitor);
        }
    }
}
