package dev.monarch.spring.boot.operation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;

import static org.assertj.core.api.Assertions.assertThat;

class InterruptibleOperationsTests {

    /** A backfill ends after its current batch, without an interrupt. */
    @ParameterizedTest
    @CsvSource({"BACKUP, true", "BACKFILL, false"})
    void theEndOfTheApplicationInterruptsTheThreadOfAnOperation(Operation.Kind kind, boolean interrupted) {
        InterruptibleOperations operations = new InterruptibleOperations();
        Operation operation = Operation.of(kind, "kennel", null);
        try {
            operations.onEvent(new OperationEvent.Started(operation));
            operations.interrupt();

            assertThat(Thread.interrupted()).isEqualTo(interrupted);

            operations.onEvent(new OperationEvent.Succeeded(operation, "done"));
            assertThat(operations.isIdle()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}
