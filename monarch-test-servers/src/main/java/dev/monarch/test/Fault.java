package dev.monarch.test;

import java.util.List;
import java.util.function.UnaryOperator;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** What a {@link FaultyLine} does with a command. */
public sealed interface Fault {

    /** The connection breaks before the server receives the command. */
    record NotSent() implements Fault {}

    /** The server executes the command. The connection breaks before its answer arrives. */
    record LostAnswer() implements Fault {}

    /**
     * The server never receives the command. The client gets an error as its answer.
     *
     * @param answer the answer
     */
    record Refused(BsonDocument answer) implements Fault {

        @Override
        public String toString() {
            return "error " + answer.getNumber("code").intValue();
        }
    }

    /**
     * The server executes the command. The client gets a changed answer.
     *
     * @param name what is changed, in one or two words
     * @param answer turns the server's answer into the client's
     */
    record Amended(String name, UnaryOperator<BsonDocument> answer) implements Fault {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Returns a fault: the command is refused with an error.
     *
     * @param code the error's code
     * @param name the error's name
     * @param labels error labels
     * @return the fault
     */
    static Fault error(int code, String name, String... labels) {
        BsonDocument answer = new BsonDocument("ok", new BsonDouble(0))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name))
                .append("errmsg", new BsonString(name + " on a faulty line"));
        return new Refused(labelled(answer, labels));
    }

    /**
     * Returns a fault: the command is executed, but its write concern is not satisfied.
     *
     * @param code the error's code
     * @param name the error's name
     * @param labels error labels
     * @return the fault
     */
    static Fault writeConcernError(int code, String name, String... labels) {
        BsonDocument error = new BsonDocument("code", new BsonInt32(code))
                .append("codeName", new BsonString(name))
                .append("errmsg", new BsonString(name + " on a faulty line"));
        return new Amended(
                "writeConcernError " + code, answer -> labelled(answer.append("writeConcernError", error), labels));
    }

    private static BsonDocument labelled(BsonDocument answer, String... labels) {
        return labels.length == 0
                ? answer
                : answer.append(
                        "errorLabels",
                        new BsonArray(
                                List.of(labels).stream().map(BsonString::new).toList()));
    }
}
