package dev.monarch.spring.boot.command;

import java.util.Map;

/**
 * A verb that works with beans of the application. Before the application is started it is created without its
 * constructor, to be parsed; to be called it is created anew, with the beans that its constructor asks for.
 *
 * <p>The application is started on the environment that an {@link EnvironmentChoice} names: the verb itself, or one of its
 * mixins. Without one it is started on its own.
 */
abstract class VerbInContext extends Verb {

    /** Tells whether beans are needed. One that needs none is called as soon as the properties of the application are read. */
    boolean needsBeans() {
        return true;
    }

    /** Returns properties that the application is started with, besides its own. */
    Map<String, Object> properties() {
        return Map.of();
    }
}
