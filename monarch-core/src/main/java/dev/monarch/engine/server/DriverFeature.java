package dev.monarch.engine.server;

/** What the driver on the class path has. Monarch is compiled with a newer one than that of Spring Boot 4.0. */
enum DriverFeature {

    /** {@code RawBsonDocument} says where its bytes are. */
    RAW_ACCESSORS("org.bson.RawBsonDocument", "getBackingArray"),

    /** A client has settings of observability. */
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
