package dev.monarch.engine.server;

/** Optional features of the driver on the class path. Monarch is compiled with a newer one than that of Spring Boot 4.0. */
enum DriverFeature {

    /** {@code RawBsonDocument} has accessors for its bytes. */
    RAW_ACCESSORS("org.bson.RawBsonDocument", "getBackingArray"),

    /** The settings of a client include observability. */
    OBSERVABILITY("com.mongodb.MongoClientSettings", "getObservabilitySettings");

    private final boolean available;

    DriverFeature(String type, String method) {
        available = has(type, method);
    }

    boolean isAvailable() {
        return available;
    }

    private static boolean has(String type, String method) {
        try {
            Class.forName(type, false, DriverFeature.class.getClassLoader()).getMethod(method);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
