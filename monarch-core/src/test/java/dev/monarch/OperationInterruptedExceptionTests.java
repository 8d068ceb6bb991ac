package dev.monarch;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperationInterruptedExceptionTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "back up, Backup of 'staging' was interrupted.",
                "restore into, Restore into 'staging' was interrupted.",
                "copy into, Copy into 'staging' was interrupted.",
                "rehearse on, Rehearsal on 'staging' was interrupted.",
                "verify the backup of, Verification of the backup of 'staging' was interrupted.",
                "prune the backups of, Removal of backups of 'staging' was interrupted.",
                "drop the database of, Removal of the database of 'staging' was interrupted.",
                "migrate, The attempt to migrate 'staging' was interrupted."
            })
    void theMessageHasTheOperationAsItsSubject(String operation, String message) {
        assertThat(new OperationInterruptedException(operation, "staging", null))
                .hasMessage(message);
    }
}
