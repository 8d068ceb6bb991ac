package dev.monarch.spring.boot.advice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.monarch.Fact;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.TransferFailedException;

/**
 * What happened, and what to do about it.
 *
 * @param exitCode the exit code of a command
 * @param sentence what happened, in sentences
 * @param nextStep what to do, in sentences; empty if there is nothing to do
 */
public record Advice(ExitCode exitCode, String sentence, String nextStep) {

    /**
     * Returns the advice for a failure.
     *
     * @param failure what Monarch threw
     * @return the advice
     */
    public static Advice of(MonarchException failure) {
        return new Advice(exitCode(failure), String.valueOf(failure.getMessage()), nextSteps(failure));
    }

    /**
     * Returns the advice for an exception of the driver.
     *
     * @param failure what the driver threw
     * @param place where it was thrown, as a noun phrase: {@code environment 'staging'}
     * @return the advice, or nothing if there is none for this exception
     */
    public static Optional<Advice> ofDriver(Throwable failure, String place) {
        return AdviceTable.ofDriver(failure, place);
    }

    /**
     * Returns the advice for a failure that ended the start of an application.
     *
     * @param failure what Monarch threw
     * @return the advice
     */
    static Advice ofStart(MonarchException failure) {
        if (!(failure instanceof TransferFailedException failed) || failed.getCause() == null) {
            return of(failure);
        }
        String address = failed.address() == null ? "" : " (" + failed.address() + ")";
        return ofDriver(failed.getCause(), "environment '" + failed.environment() + "'" + address)
                .map(advice -> isUnanswered(failed) ? advice.followedBy(AdviceTable.WAIT_FOR_SERVER) : advice)
                .orElseGet(() -> of(failure));
    }

    /**
     * Tells whether an operation failed because no server answered.
     *
     * @param failure what Monarch threw
     * @return whether the driver found no server, or lost the connection to it
     */
    public static boolean isUnanswered(TransferFailedException failure) {
        return AdviceTable.isUnanswered(failure.getCause());
    }

    private Advice followedBy(String step) {
        return new Advice(exitCode, sentence, nextStep + " " + step);
    }

    /**
     * Returns the advice for a refusal or a warning.
     *
     * @param fact what Monarch found
     * @param environment the name of the environment that it is about
     * @return the advice
     */
    public static Advice of(Fact fact, String environment) {
        AdviceTable.Row row = AdviceTable.row(fact.reason());
        return new Advice(row.exitCode(), fact.sentence(), row.nextStep(environment));
    }

    /**
     * Formats refusals or warnings, each with its next step.
     *
     * @param facts what Monarch found
     * @param environment the name of the environment that they are about
     * @return a line for each
     */
    public static List<String> lines(List<Fact> facts, String environment) {
        return facts.stream().map(fact -> of(fact, environment).line()).toList();
    }

    /**
     * {@return what happened and what to do}
     */
    public String line() {
        return nextStep.isEmpty() ? sentence : sentence + " " + nextStep;
    }

    /** One failure may have several reasons, and some of them the same next step. */
    private static String nextSteps(MonarchException failure) {
        String environment = failure instanceof OperationRefusedException refused ? refused.environment() : "";
        return failure.facts().stream()
                .map(fact -> AdviceTable.row(fact.reason()).nextStep(failure, environment))
                .filter(step -> !step.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** As long as nothing was restored, the exit code is that of the first database's failure. */
    private static ExitCode exitCode(MonarchException failure) {
        if (failure instanceof RestoreIncompleteException incomplete
                && incomplete.getCause() instanceof MonarchException cause
                && (incomplete.restored().isEmpty() || cause instanceof OperationInterruptedException)) {
            return exitCode(cause);
        }
        return AdviceTable.row(failure.reason()).exitCode();
    }
}
