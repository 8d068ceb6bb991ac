package dev.monarch.spring.boot.observation;

import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationInterruptedException;
import dev.monarch.backup.BackupReport;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.RestoreReport;
import dev.monarch.backup.VerificationReport;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.spring.boot.observation.MonarchObservation.HighCardinality;
import dev.monarch.spring.boot.observation.MonarchObservation.LowCardinality;
import dev.monarch.spring.boot.observation.MonarchObservation.Outcome;
import dev.monarch.transfer.TransferProgress.Limit;

/** The name and the key values that docs/monitoring.md lists. Extend it to change some of them. */
public class DefaultMonarchObservationConvention implements MonarchObservationConvention {

    private static final String NAME = "monarch.operation";

    /** Creates the convention. */
    public DefaultMonarchObservationConvention() {}

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(MonarchObservationContext context) {
        return "monarch " + context.operation();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(MonarchObservationContext context) {
        return KeyValues.of(
                LowCardinality.OPERATION.withValue(context.operation()),
                keyValue(LowCardinality.ENVIRONMENT, context.environment()),
                LowCardinality.OUTCOME.withValue(outcome(context).name()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(MonarchObservationContext context) {
        return KeyValues.of(
                keyValue(HighCardinality.SUBJECT, context.subject()),
                keyValue(HighCardinality.BACKUP, backup(context.result())),
                keyValue(HighCardinality.LIMITED_BY, limitedBy(context.result())));
    }

    /**
     * Returns how an operation ended.
     *
     * @param context what is known of it
     * @return how it ended
     */
    protected Outcome outcome(MonarchObservationContext context) {
        if (context.getError() != null) {
            return context.getError() instanceof OperationInterruptedException ? Outcome.INTERRUPTED : Outcome.FAILURE;
        }
        Object result = context.result();
        if (result instanceof VerificationReport report && !report.ok()) {
            return Outcome.DAMAGED;
        }
        if (result instanceof PruneReport report && !report.failures().isEmpty()) {
            return Outcome.FAILURE;
        }
        return result == null ? Outcome.UNKNOWN : Outcome.SUCCESS;
    }

    private static @Nullable String backup(@Nullable Object result) {
        if (result instanceof BackupReport report) {
            return report.name();
        }
        return result instanceof Manifest copy ? copy.name() : null;
    }

    private static @Nullable String limitedBy(@Nullable Object result) {
        List<Limit> limits = limits(result);
        return limits.isEmpty() ? null : limits.stream().map(Limit::toString).collect(Collectors.joining(", "));
    }

    private static List<Limit> limits(@Nullable Object result) {
        if (result instanceof BackupReport report) {
            return report.limitedBy();
        }
        if (result instanceof VerificationReport report) {
            return report.limitedBy();
        }
        if (result instanceof RestoreReport report) {
            return report.replacement().limitedBy();
        }
        return result instanceof CopyReport report ? report.replacement().limitedBy() : List.of();
    }

    private static KeyValue keyValue(KeyName key, @Nullable String value) {
        return value != null ? key.withValue(value) : key.withNoneValue();
    }
}
