package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * What a store must do when one of its calls fails. Each test runs once for each call of the store, until every call
 * has failed. Part of {@link BackupStoreContractTests}.
 */
public abstract class StoreFaultTests extends TestedStore {

    private final CallFaults faults = new CallFaults();

    StoreFaultTests() {}

    private BackupStore breakable() throws Exception {
        return store(faults).orElseGet(() -> abort("The calls of this store cannot be made to fail"));
    }

    private EachCall eachCall() throws Exception {
        return new EachCall(breakable(), faults);
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
        eachCall().fails(failure, store -> upload(store, written, cut, content), failed -> {
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
        eachCall()
                .fails(
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
        eachCall().fails(failure, store -> store.delete("kennel"), failed -> {
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
        eachCall()
                .fails(
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
        eachCall()
                .fails(
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
                                assertThat(missing)
                                        .as("backups that are not listed")
                                        .hasSizeLessThan(names.size());
                                assertThat(store().others(listed))
                                        .containsExactlyInAnyOrderElementsOf(files.stream()
                                                .filter(file -> missing.contains(file.substring(0, file.indexOf('.'))))
                                                .toList());
                            }
                            assertThat(contents()).isEqualTo(files);
                        });

        assertThat(leftOut).as("backups whose manifest could not be read").isNotEmpty();
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
