package dev.monarch.spring.boot.autoconfigure;

/**
 * A bean through which an application reaches MongoDB.
 *
 * @param name its name
 * @param instance the bean
 * @param ofSpringBoot whether Spring Boot made it from the application's connection
 * @param place the server and database that it uses
 */
public record MongoBean(String name, Object instance, boolean ofSpringBoot, MongoPlace place) {

    /** {@return a clause that says which server and database it uses} */
    String describe() {
        String problem = place.problem();
        return problem == null
                ? "'" + name + "' is at " + place
                : "'" + name + "' does not say which database it uses (" + problem + ")";
    }
}
