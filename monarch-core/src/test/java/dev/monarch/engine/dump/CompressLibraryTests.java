package dev.monarch.engine.dump;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.archive.WithoutLibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Without Apache Commons Compress, zip and tar files are refused, and everything else works. */
class CompressLibraryTests {

    private final ClassLoader loader = new WithoutLibrary("org.apache.commons.", "dev.monarch.engine.dump.");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ZIP_WITH_GZIP, a zip file",
        "ZIP64_BEHIND_A_PROGRAM, a zip file",
        "TAR_OF_GNU, a tar file",
        "TAR_OF_PAX_WITH_GZIP, a tar file"
    })
    void zipAndTarFilesAreRefusedWithTheNameOfTheLibrary(DumpForm form, String format) throws Exception {
        Path file = form.write(DumpForm.fixture("mongodb-4.4"), folder);

        assertThatThrownBy(() -> of(file))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.COMMONS_COMPRESS_MISSING))
                .hasMessageStartingWith("Refused to read '" + file + "': it is " + format
                        + ", and org.apache.commons:commons-compress is not on the class path; add it as a dependency");
    }

    @Test
    void directoriesAndArchivesNeedNoLibrary() throws Exception {
        Path directory = DumpForm.FOLDER_WITH_GZIP.write(DumpForm.fixture("mongodb-4.4"), folder);
        Object limits = limits();
        Object dump = loader.loadClass(Dump.class.getName())
                .getMethod("ofFolder", Path.class, limits.getClass())
                .invoke(null, directory, limits);
        try (DumpReader reader = (DumpReader) dump.getClass().getMethod("open").invoke(dump)) {
            assertThat(reader.collections()).isNotEmpty();
        }

        Path archive = Files.write(folder.resolve("any.archive"), new byte[1000]);
        assertThat((Optional<?>) of(archive)).isEmpty();
    }

    private Object of(Path file) throws ReflectiveOperationException {
        Class<?> source = loader.loadClass(ByteSource.class.getName());
        Object limits = limits();
        return loader.loadClass(Dump.class.getName())
                .getMethod("of", source, limits.getClass())
                .invoke(
                        null,
                        loader.loadClass(FileSource.class.getName())
                                .getMethod("of", Path.class)
                                .invoke(null, file),
                        limits);
    }

    private Object limits() throws ReflectiveOperationException {
        return loader.loadClass(ContainerLimits.class.getName())
                .getConstructor(int.class, int.class)
                .newInstance(1000, 200);
    }
}
