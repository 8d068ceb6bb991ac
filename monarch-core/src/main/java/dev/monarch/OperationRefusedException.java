package dev.monarch;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown if an operation is refused before it changes anything. It lists every reason. */
public final class OperationRefusedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String operation;

    private final String environment;

    /**
     * Creates the exception for one reason.
     *
     * @param operation the operation, as a phrase
     * @param environment the environment that it would change
     * @param reason the reason
     * @param problem the reason with its details, as a clause without a full stop
     */
    public OperationRefusedException(String operation, String environment, Reason reason, String problem) {
        this(operation, environment, List.of(new Fact(reason, problem)));
    }

    /**
     * Creates the exception for several reasons.
     *
     * @param operation the operation, as a phrase
     * @param environment the environment that it would change
     * @param problems the reasons, each as a clause without a full stop; at least one
     */
    public OperationRefusedException(String operation, String environment, List<Fact> problems) {
        super(
                problems,
                "Refused to " + operation + " '" + environment + "': " + joined(problems)
                        + ". Nothing has been changed.",
                null);
        this.operation = operation;
        this.environment = environment;
    }

    private static String joined(List<Fact> problems) {
        return problems.stream().map(OperationRefusedException::clause).collect(Collectors.joining("; "));
    }

    private static String clause(Fact problem) {
        String text = problem.text();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * {@return the operation, as a phrase}
     */
    public String operation() {
        return operation;
    }

    /**
     * {@return the name of the environment that the operation would have changed}
     */
    public String environment() {
        return environment;
    }

    /**
     * {@return why the operation was refused, as a clause without a full stop}
     */
    public String problem() {
        return joined(facts());
    }
}
