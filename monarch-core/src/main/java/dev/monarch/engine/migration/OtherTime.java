package dev.monarch.engine.migration;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the times in other tools' histories, which may have any type. */
final class OtherTime {

    /** A time without a zone is UTC. */
    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    /** The year 5138 in seconds, and 1973 in milliseconds. */
    private static final long FIRST_MILLISECONDS = 100_000_000_000L;

    private OtherTime() {}

    /** {@return the time, or null if the value is none} */
    static @Nullable Instant of(BsonValue value) {
        return switch (value.getBsonType()) {
            case DATE_TIME -> Instant.ofEpochMilli(value.asDateTime().getValue());
            case TIMESTAMP ->
                Instant.ofEpochSecond(Integer.toUnsignedLong(value.asTimestamp().getTime()));
            case OBJECT_ID ->
                Instant.ofEpochSecond(
                        Integer.toUnsignedLong(value.asObjectId().getValue().getTimestamp()));
            case INT32, INT64, DOUBLE ->
                Double.isFinite(value.asNumber().doubleValue())
                        ? ofNumber(value.asNumber().longValue())
                        : null;
            case STRING -> ofText(value.asString().getValue().trim());
            default -> null;
        };
    }

    private static Instant ofNumber(long number) {
        return Math.abs(number) < FIRST_MILLISECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }

    private static @Nullable Instant ofText(String text) {
        try {
            TemporalAccessor time = TEXT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@return an {@code _id} that grows with each entry, or null if entries have another one} */
    static @Nullable String ofInsertion(BsonDocument document) {
        BsonValue id = document.get("_id");
        return id != null && id.isObjectId() ? id.asObjectId().getValue().toHexString() : null;
    }
}
