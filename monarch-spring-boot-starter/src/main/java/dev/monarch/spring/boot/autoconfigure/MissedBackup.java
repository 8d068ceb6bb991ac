package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.MonarchException;
import dev.monarch.backup.schedule.BackupSchedule;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.spring.boot.advice.Advice;

/**
 * A backup that a schedule could not take.
 *
 * @param schedule the schedule
 * @param failure why there is no backup
 */
record MissedBackup(BackupSchedule schedule, RuntimeException failure) {

    /** {@return what to do, in sentences} */
    String nextStep() {
        String correction =
                failure instanceof MonarchException ours ? Advice.of(ours).nextStep() : "";
        return (correction + " '" + command() + "' takes the backup now.").strip();
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("monarch", "backup", schedule.environment()));
        if (schedule.name() != null) {
            words.addAll(List.of("--name", schedule.name()));
        }
        if (schedule.store() != null) {
            words.addAll(List.of("--store", schedule.store()));
        }
        QuerySetRequest querySet = schedule.querySet();
        if (querySet != null) {
            words.addAll(List.of("--query-set", querySet.querySet()));
            // A value may be a secret, which must not be in the log.
            querySet.parameters().keySet().stream()
                    .sorted()
                    .forEach(name -> words.addAll(List.of("--parameter", name + "=VALUE")));
        }
        return String.join(" ", words);
    }
}
