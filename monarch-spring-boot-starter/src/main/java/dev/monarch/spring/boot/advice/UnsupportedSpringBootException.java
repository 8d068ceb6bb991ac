package dev.monarch.spring.boot.advice;

/** The application runs on a Spring Boot that Monarch does not support. */
final class UnsupportedSpringBootException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String version;

    UnsupportedSpringBootException(String version) {
        super("Monarch needs Spring Boot 4.0 or later, but this application runs on Spring Boot " + version + ".");
        this.version = version;
    }

    String version() {
        return version;
    }
}
