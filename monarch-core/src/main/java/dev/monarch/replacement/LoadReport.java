package dev.monarch.replacement;

import java.util.List;

import dev.monarch.TransferFailedException.DocumentFailure;
import dev.monarch.transfer.Omission;

/**
 * What was loaded.
 *
 * @param collections how many collections, views included
 * @param documents how many documents
 * @param bytes how many bytes they have
 * @param leftOut documents that were left out because of a unique index, as was asked for
 * @param omissions options and indexes that were left out
 * @param lostIndexes which of them are indexes that were wanted and have no successor
 * @param validated whether documents were checked by validators, which the user may not write past
 */
public record LoadReport(
        int collections,
        long documents,
        long bytes,
        List<DocumentFailure> leftOut,
        List<Omission> omissions,
        List<Omission> lostIndexes,
        boolean validated) {

    /**
     * Creates a report.
     *
     * @param collections how many collections
     * @param documents how many documents
     * @param bytes how many bytes
     * @param leftOut documents that were left out, which are copied
     * @param omissions options and indexes that were left out, which are copied
     * @param lostIndexes which of them are indexes without a successor, which are copied
     * @param validated whether documents were checked by validators
     */
    public LoadReport {
        leftOut = List.copyOf(leftOut);
        omissions = List.copyOf(omissions);
        lostIndexes = List.copyOf(lostIndexes);
    }
}
