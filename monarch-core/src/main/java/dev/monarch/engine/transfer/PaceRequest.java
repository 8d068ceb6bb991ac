package dev.monarch.engine.transfer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.transfer.Pace;

/**
 * A request of another process to change the pace of a running operation.
 *
 * @param operation the id of the operation, or {@link PaceRequests#ALL}
 * @param token identifies the request, because another one for the same operation replaces it
 * @param pace the mode and the maximum rate
 * @param process the process that asks, for display
 * @param at when it was written, on the server's clock
 */
record PaceRequest(
        String operation,
        UUID token,
        Pace pace,
        String process,
        @Nullable Instant at) {

    static final String ID = "_id";

    static final String TOKEN = "token";

    static final String AT = "at";

    static final String CONFIRMED = "confirmed";

    private static final String MODE = "mode";

    private static final String MAX_RATE = "maxRate";

    private static final String PROCESS = "process";

    boolean isOlderThan(Instant time) {
        return at != null && at.isBefore(time);
    }

    /** {@return the document without the time, which the server sets} */
    Document toDocument() {
        Pace.Mode mode = pace.mode();
        DataSize rate = pace.maxRate();
        return new Document(TOKEN, token.toString())
                .append(MODE, mode == null ? null : mode.name())
                .append(MAX_RATE, rate == null ? null : rate.toBytes())
                .append(PROCESS, process);
    }

    /** {@return the request; empty if this version of Monarch does not understand it} */
    static Optional<PaceRequest> of(Document document) {
        try {
            String mode = document.getString(MODE);
            Number rate = document.get(MAX_RATE, Number.class);
            Pace pace = new Pace(
                    mode == null ? null : Pace.Mode.valueOf(mode),
                    rate == null ? null : DataSize.ofBytes(rate.longValue()),
                    null,
                    null);
            return Optional.of(new PaceRequest(
                    document.getString(ID),
                    UUID.fromString(document.getString(TOKEN)),
                    pace,
                    String.valueOf(document.getString(PROCESS)),
                    document.getDate(AT).toInstant()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
