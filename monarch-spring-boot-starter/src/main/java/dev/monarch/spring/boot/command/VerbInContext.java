package dev.monarch.spring.boot.command;

import java.util.Map;

/**
 * A verb that uses beans of the application. Before the application is started, it is created without its constructor,
 * for parsing. For the call, it is created again with injected beans.
 *
 * <p>The application starts on the environment that an {@link EnvironmentChoice} names: the verb itself, or one of its
 * mixins. Without one, it starts on its own environment.
 */
abstract class VerbInContext extends Verb {

    /** Whether the verb needs beans. One that needs none runs as soon as the application's properties are read. */
    boolean needsBeans() {
        return true;
    }

    /** Returns further properties for the start of the application. */
    Map<String, Object> properties() {
        return Map.of();
    }
}
