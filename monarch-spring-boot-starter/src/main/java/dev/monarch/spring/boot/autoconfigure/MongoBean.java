package dev.monarch.spring.boot.autoconfigure;

/**
 * A bean through which an application reaches MongoDB.
 *
 * @param name its name
 * @param instance the bean
 * @param ofSpringBoot whether Spring Boot made it, from the application's connection
 * @param place where it leads
 */
public record MongoBean(String name, Object instance, boolean ofSpringBoot, MongoPlace place) {

    /** Says where it leads. */
    String describe() {
        String problem = place.problem();
        return problem == null
                ? "'" + name + "' is at " + place
                : "'" + name + "' does not say where it is (" + problem + ")";
    }
}
