package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an upload of every store must do. Part of {@link BackupStoreContractTests}. */
public abstract class UploadContractTests extends StoreFaultTests {

    /** How an upload ends. */
    enum End {
        COMPLETED,
        GIVEN_UP
    }

    UploadContractTests() {}

    @Test
    void dataWrittenInManyPiecesIsStoredUnchanged() throws IOException {
        byte[] content = SampleBackups.bytes(lengthOfSeveralPieces());
        SampleBackups.store(store(), "kennel", content);

        assertThat(Arrays.mismatch(store().open("kennel").readAllBytes(), content))
                .isNegative();
    }

    @Test
    void aBackupIsNotListedBeforeItIsComplete() throws IOException {
        byte[] content = SampleBackups.bytes(lengthOfSeveralPieces());
        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            requireNothing();
            SampleBackups.write(upload, content);
            requireNothing();
            try (InputStream contents = upload.contents()) {
                assertThat(Arrays.mismatch(contents.readAllBytes(), content)).isNegative();
            }
            requireNothing();
        }
        requireNothing();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void nothingCanBeWrittenAfterTheEnd(End end) throws Exception {
        List<String> before;
        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, CONTENT);
            Manifest manifest = SampleBackups.manifest(upload.name(), SampleBackups.STARTED, CONTENT);
            end(upload, end, manifest);
            before = contents();

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> upload.write(CONTENT, 0, 1));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> upload.cut(List.of(new Span(0, 1))));
            assertThatExceptionOfType(IOException.class).isThrownBy(upload::contents);
            assertThatExceptionOfType(BackupStoreException.class).isThrownBy(() -> upload.complete(manifest));
        }

        assertThat(contents()).isEqualTo(before);
        assertThat(store().list()).hasSize(end == End.COMPLETED ? 1 : 0);
        if (end == End.COMPLETED) {
            assertThat(store().open("kennel")).hasBinaryContent(CONTENT);
        }
    }

    private static void end(BackupUpload upload, End end, Manifest manifest) {
        if (end == End.COMPLETED) {
            upload.complete(manifest);
        } else {
            upload.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbandonedUploadLeavesNothing(boolean large) throws Exception {
        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, large ? SampleBackups.bytes(lengthOfSeveralPieces()) : CONTENT);
        }

        assertThat(contents()).isEmpty();
        assertThat(SampleBackups.store(store(), "kennel", CONTENT).name()).isEqualTo("kennel");
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void anInterruptedThreadCanEndAnUpload(End end) throws Exception {
        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, CONTENT);
            Thread.currentThread().interrupt();
            end(upload, end, SampleBackups.manifest(upload.name(), SampleBackups.STARTED, CONTENT));
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(store().list()).hasSize(end == End.COMPLETED ? 1 : 0);
        if (end == End.GIVEN_UP) {
            assertThat(contents()).isEmpty();
        }
    }

    @Test
    void cutRangesAreRemoved() throws IOException {
        byte[] kept = "04567".getBytes(StandardCharsets.US_ASCII);
        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, "0123456789".getBytes(StandardCharsets.US_ASCII));
            upload.cut(List.of(new Span(1, 2), new Span(3, 1), new Span(8, 2)));
            try (InputStream contents = upload.contents()) {
                assertThat(contents).hasBinaryContent(kept);
            }
            upload.complete(SampleBackups.manifest(upload.name(), SampleBackups.STARTED, kept));
        }
        assertThat(store().open("kennel")).hasBinaryContent(kept);
    }

    /** A store may refuse data after its contents were read, but it must not ignore it. */
    @Test
    void dataWrittenAfterTheContentsWereReadIsStoredOrRefused() throws IOException {
        byte[] content = {1, 2};
        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            upload.write(content, 0, 1);
            upload.contents().close();
            try {
                upload.write(content, 1, 1);
            } catch (IOException e) {
                return;
            }
            upload.complete(SampleBackups.manifest(upload.name(), SampleBackups.STARTED, content));
        }
        assertThat(store().open("kennel")).hasBinaryContent(content);
    }
}
