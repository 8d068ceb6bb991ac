package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.Compression;
import dev.monarch.transfer.CollectionSelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Other tools can decompress Monarch's archives, and a missing zstd library is reported. */
class CompressionTests {

    private static final byte[] DUMP = Fixture.bytes("mongodb-5.0/kennel_fixture-without-big.archive");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"GZIP, gzip", "ZSTD, zstd"})
    void theArchiveCanBeDecompressedWithTheCommandOfTheFormat(Compression compression, String program)
            throws Exception {
        assumeThere(program);
        byte[] compressed = archive(compression);
        Path file = Files.write(folder.resolve("backup" + compression.extension()), compressed);
        Path restored = folder.resolve("restored");

        Process process = new ProcessBuilder(program, "-dc", file.toString())
                .redirectOutput(restored.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllBytes(restored)).isEqualTo(archive(Compression.NONE));
    }

    @Test
    void theBestIsZstdIfItsLibraryIsPresent() {
        assertThat(Compression.best()).isEqualTo(Compression.ZSTD);
    }

    @Test
    void theBestIsGzipIfTheZstdLibraryIsMissing() throws Exception {
        Class<?> withoutLibrary = withoutZstd().loadClass(Compression.class.getName());

        assertThat(withoutLibrary.getMethod("best").invoke(null)).hasToString("GZIP");
    }

    @Test
    void readingZstdWithoutTheLibraryNamesTheMissingDependency() throws Exception {
        Class<?> source = withoutZstd().loadClass(ArchiveSource.class.getName());
        InputStream archive = new ByteArrayInputStream(archive(Compression.ZSTD));

        assertThatThrownBy(() -> source.getMethod("open", InputStream.class, CollectionSelection.class)
                        .invoke(null, archive, CollectionSelection.ALL))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining(
                        "it is compressed with zstd, and com.github.luben:zstd-jni is not on the class path;"
                                + " add it as a dependency");
    }

    @Test
    void writingZstdWithoutTheLibraryNamesTheMissingDependency() throws Exception {
        ClassLoader loader = withoutZstd();
        Class<?> compression = loader.loadClass(Compression.class.getName());
        Object zstd = compression.getEnumConstants()[0];

        assertThatThrownBy(() -> loader.loadClass(ArchiveSink.class.getName())
                        .getConstructor(
                                loader.loadClass(ArchiveOutput.class.getName()),
                                String.class,
                                compression,
                                int.class,
                                int.class)
                        .newInstance(null, "5.0.0", zstd, 1, 1))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("com.github.luben:zstd-jni is not on the class path");
    }

    private static byte[] archive(Compression compression) throws IOException {
        MemoryOutput output = new MemoryOutput();
        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(DUMP), CollectionSelection.ALL);
                ArchiveSink sink = new ArchiveSink(output, "5.0.0", compression, 2, 64)) {
            source.transferTo(sink);
            sink.complete();
        }
        return output.toByteArray();
    }

    private static void assumeThere(String program) throws InterruptedException {
        try {
            new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            Assumptions.abort("There is no program '" + program + "' on the PATH");
        }
    }

    private static ClassLoader withoutZstd() {
        return new WithoutLibrary("com.github.luben", "dev.monarch.archive.", "dev.monarch.engine.archive.");
    }
}
