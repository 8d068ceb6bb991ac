package dev.monarch.engine.version;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import com.mongodb.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** Finds and calls methods of either driver by their names. */
final class DriverMethods {

    private DriverMethods() {}

    /** {@return the type of sessions of the driver that has a type of collections} */
    static Class<?> sessionType(Class<?> api) {
        return Arrays.stream(api.getMethods())
                .filter(method -> method.getName().equals("updateOne"))
                .map(method -> method.getParameterTypes()[0])
                .filter(ClientSession.class::isAssignableFrom)
                .findFirst()
                .orElseThrow();
    }

    static Method method(Class<?> type, String name, List<Class<?>> parameters) {
        try {
            return type.getMethod(name, parameters.toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("The driver has no method " + name + parameters, e);
        }
    }

    @Nullable
    static Object invoke(Object target, Method method, @Nullable Object... arguments) {
        try {
            return DriverProxy.invoke(target, method, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
