package dev.monarch.rehearsal;

import org.jspecify.annotations.Nullable;

import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.TransferListener;

/**
 * What is to be rehearsed, and where.
 *
 * @param source the name of the environment whose pending migrations are rehearsed; it is only read
 * @param scratch the name of the environment that is filled, migrated and dropped
 * @param besideTheSource whether the scratch environment may be on the source's own cluster, which then bears the load
 * @param querySet the part of the source that is copied; null for everything
 * @param allowEmpty whether the source may hold no collection of anybody's
 * @param listener is told how far the copy has come
 */
public record RehearsalRequest(
        String source,
        String scratch,
        boolean besideTheSource,
        @Nullable QuerySetRequest querySet,
        boolean allowEmpty,
        TransferListener listener) {

    /**
     * Asks for a rehearsal with all data, somewhere else than on the source's cluster.
     *
     * @param source the name of the environment whose pending migrations are rehearsed
     * @param scratch the name of the environment that is filled, migrated and dropped
     * @return the request
     */
    public static RehearsalRequest of(String source, String scratch) {
        return new RehearsalRequest(source, scratch, false, null, false, TransferListener.NONE);
    }
}
