package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.BackupStoreException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * What a store must do when one of its calls fails. Each test runs once for each call of the store, until every call
 * has failed. Part of {@link BackupStoreContractTests}.
 */
public abstract class StoreFaultTests {

    private static final byte[] CONTENT = "what an archive might hold".getBytes(StandardCharsets.UTF_8);

    private static final int MOST_CALLS = 1_000;

    private final CallFaults faults = new CallFaults();

    StoreFaultTests() {}

    /** Something that a store does while its calls fail. */
    private interface Work {

        void run(BackupStore store) throws IOException;
    }

    /**
     * Returns a store. All stores of one test keep their backups in the same place, which is empty when the test begins.
     *
     * @return a store; several of them represent several processes
     */
    protected abstract BackupStore store();

    /**
     * Returns a store that treats every process as dead that is not running now. Override it if stores wait before they
     * remove the files of a dead process.
     *
     * @return a store for the same place
     */
    protected BackupStore storeOfLater() {
        return store();
    }

    /**
     * Returns a store whose calls can be made to fail.
     *
     * @param calls decides about each call
     * @return a store for the same place; empty if its calls cannot be made to fail, which skips the tests that need
     *     it
     * @throws Exception if it cannot be created
     */
    protected abstract Optional<BackupStore> store(CallFaults calls) throws Exception;

    /**
     * Returns the names of everything in the place where the backups are kept, read without the store. This includes
     * hidden files and unfinished uploads, but not what stays there permanently.
     *
     * @return the names in order
     * @throws Exception if the place cannot be read
     */
    protected abstract List<String> contents() throws Exception;

    /**
     * Puts something next to the backups, without the store.
     *
     * @param name its name
     * @param content its content
     * @throws Exception if it cannot be written
     */
    protected abstract void put(String name, byte[] content) throws Exception;

    /**
     * Returns a length of data that the store sends and reads in several calls.
     *
     * @return a number of bytes
     */
    protected int lengthOfSeveralPieces() {
        return 9_000_001;
    }

    private BackupStore breakable() throws Exception {
        return store(faults).orElseGet(() -> abort("The calls of this store cannot be made to fail"));
    }

    /** Checks between any two calls of the store. */
    @Test
    void atEveryMomentACompleteBackupIsListedOrNone() throws Exception {
        BackupStore watched = breakable();
        byte[] content = SampleBackups.bytes(lengthOfSeveralPieces());
        List<Throwable> seen = new ArrayList<>();
        List<Integer> listed = new ArrayList<>();
        faults.watch(() -> {
            try {
                synchronized (seen) {
                    listed.add(requireWhole(content).size());
                }
            } catch (Throwable e) {
                synchronized (seen) {
                    seen.add(e);
                }
            }
        });
        SampleBackups.store(watched, "kennel", content);
        watched.delete("kennel");
        faults.watch(() -> {});

        assertThat(seen).isEmpty();
        assertThat(listed).contains(0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedUploadLeavesNoPartialBackup(CallFaults.Failure failure) throws Exception {
        failEachCallOfAnUpload(failure, CONTENT, List.of());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS_ONCE", "ANSWER_IS_LOST_ONCE"})
    void aFailedUploadInPiecesLeavesNoPartialBackup(CallFaults.Failure failure) throws Exception {
        failEachCallOfAnUpload(failure, SampleBackups.bytes(lengthOfSeveralPieces()), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void aFailedCutLeavesNoPartialBackup(CallFaults.Failure failure) throws Exception {
        failEachCallOfAnUpload(failure, CONTENT, List.of(new Span(1, 3), new Span(8, 2)));
    }

    private void failEachCallOfAnUpload(CallFaults.Failure failure, byte[] written, List<Span> cut) throws Exception {
        byte[] content = without(cut, written);
        List<String> whole = contentsOfOne(content);
        failEachCall(failure, store -> upload(store, written, cut, content), failed -> {
            List<BackupSummary> listed = requireWhole(content);
            if (!failed) {
                assertThat(listed).extracting(BackupSummary::name).containsExactly("kennel");
            } else if (!failure.isLasting()) {
                assertThat(listed).isEmpty();
            }
            requireNothingHalf(listed, whole);
            deleteAll();
        });
    }

    private static void upload(BackupStore store, byte[] written, List<Span> cut, byte[] content) throws IOException {
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, written);
            if (!cut.isEmpty()) {
                upload.cut(cut);
            }
            upload.complete(SampleBackups.manifest(upload.name(), SampleBackups.STARTED, content));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadCanBeAbandonedWhateverFails(CallFaults.Failure failure) throws Exception {
        failEachCall(
                failure,
                store -> {
                    try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
                        SampleBackups.write(upload, CONTENT);
                        upload.contents().close();
                    }
                },
                failed -> requireNothingHalf(requireWhole(CONTENT), List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void aFailedDeletionLeavesNoPartialBackup(CallFaults.Failure failure) throws Exception {
        List<String> whole = contentsOfOne(CONTENT);
        SampleBackups.store(store(), "kennel", CONTENT);
        failEachCall(failure, store -> store.delete("kennel"), failed -> {
            List<BackupSummary> listed = requireWhole(CONTENT);
            if (!failed) {
                assertThat(listed).isEmpty();
            }
            requireNothingHalf(listed, whole);
            deleteAll();
            requireNothingHalf(List.of(), List.of());
            SampleBackups.store(store(), "kennel", CONTENT);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFailedReadIsReportedAndNeverLooksLikeAMissingOrShorterBackup(CallFaults.Failure failure) throws Exception {
        Manifest manifest = SampleBackups.store(store(), "kennel", CONTENT);
        List<String> whole = contents();
        failEachCall(
                failure,
                store -> {
                    store.list();
                    assertThat(store.find("kennel")).isEqualTo(manifest);
                    try (InputStream data = store.open("kennel")) {
                        assertThat(data.readAllBytes()).isEqualTo(CONTENT);
                    }
                },
                failed -> assertThat(contents()).isEqualTo(whole));
    }

    /** Each call that reads a manifest fails once. The other backup must be listed all the same. */
    @Test
    void aBackupWhoseManifestCannotBeReadIsNamedAndNotListed() throws Exception {
        List<String> names = List.of("kennel", "second");
        for (String name : names) {
            SampleBackups.store(store(), name, CONTENT);
        }
        List<String> files = contents();
        List<BackupSummary> listed = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        failEachCall(
                CallFaults.Failure.FAILS_ONCE,
                store -> {
                    listed.clear();
                    listed.addAll(store.list());
                },
                failed -> {
                    if (!failed) {
                        Set<String> missing = new TreeSet<>(names);
                        listed.forEach(backup -> missing.remove(backup.name()));
                        leftOut.addAll(missing);
                        assertThat(missing).as("backups that are not listed").hasSizeLessThan(names.size());
                        assertThat(store().others(listed))
                                .containsExactlyInAnyOrderElementsOf(files.stream()
                                        .filter(file -> missing.contains(file.substring(0, file.indexOf('.'))))
                                        .toList());
                    }
                    assertThat(contents()).isEqualTo(files);
                });

        assertThat(leftOut).as("backups whose manifest could not be read").isNotEmpty();
    }

    /** What must be true after each failed call. */
    private interface Check {

        /** Throws if it is not; {@code failed} if the work said that it had failed. */
        void run(boolean failed) throws Exception;
    }

    private void failEachCall(CallFaults.Failure failure, Work work, Check check) throws Exception {
        BackupStore store = breakable();
        for (int call = 1; call <= MOST_CALLS; call++) {
            faults.strike(call, failure);
            Exception failed = failureOf(work, store);
            List<String> calls = faults.heal();
            if (calls.size() < call) {
                assertThat(failed).as("without a call that failed").isNull();
                assertThat(call).as("calls that failed").isGreaterThan(1);
                return;
            }
            try {
                check.run(failed != null);
            } catch (Throwable e) {
                throw new AssertionError(
                        "After call " + call + ", '" + calls.get(call - 1) + "', " + failure + " (the store said: "
                                + failed + ")",
                        e);
            }
        }
        throw new AssertionError("more than " + MOST_CALLS + " calls");
    }

    private static @Nullable Exception failureOf(Work work, BackupStore store) {
        try {
            work.run(store);
            return null;
        } catch (BackupStoreException | IOException | UncheckedIOException e) {
            return e;
        }
    }

    /** Checks that everything listed can be found and read, and that nothing else can. */
    private List<BackupSummary> requireWhole(byte[] content) throws IOException {
        List<BackupSummary> listed = store().list();
        for (BackupSummary backup : listed) {
            assertThat(store().find(backup.name()).summary(store().name())).isEqualTo(backup);
            try (InputStream data = store().open(backup.name())) {
                assertThat(Arrays.mismatch(data.readAllBytes(), content)).isNegative();
            }
        }
        return listed;
    }

    /** Checks that the next backup removes everything that is not part of a complete one. */
    private void requireNothingHalf(List<BackupSummary> listed, List<String> whole) throws Exception {
        storeOfLater().begin("next", SampleBackups.EXTENSION).close();
        assertThat(contents()).isEqualTo(listed.isEmpty() ? List.of() : whole);
        if (listed.isEmpty()) {
            assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().find("kennel"));
        }
    }

    private List<String> contentsOfOne(byte[] content) throws Exception {
        SampleBackups.store(store(), "kennel", content);
        List<String> whole = contents();
        deleteAll();
        return whole;
    }

    private void deleteAll() {
        store().list().forEach(backup -> store().delete(backup.name()));
    }

    private static byte[] without(List<Span> cut, byte[] bytes) {
        byte[] kept = bytes;
        for (int i = cut.size() - 1; i >= 0; i--) {
            int from = (int) cut.get(i).offset();
            int to = (int) (cut.get(i).offset() + cut.get(i).length());
            byte[] shorter = Arrays.copyOf(kept, kept.length - (to - from));
            System.arraycopy(kept, to, shorter, from, kept.length - to);
            kept = shorter;
        }
        return kept;
    }
}
