package dev.monarch.engine.version;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Puts itself in front of an object of the driver. It works by the names of methods, because those of the synchronous and the
 * reactive driver are the same, and only one of them may exist.
 */
abstract class DriverProxy {

    /** Handles a call of a method of the driver's interface. */
    abstract @Nullable Object call(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable;

    /** {@return the object behind the proxy} */
    abstract Object target();

    /**
     * Creates the proxy.
     *
     * @param api the driver's interface, which the target implements
     */
    final Object in(Class<?> api) {
        return Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() != Object.class) {
                return call(proxy, method, arguments == null ? new Object[0] : arguments);
            }
            return method.getName().equals("equals") ? proxy == arguments[0] : invoke(target(), method, arguments);
        });
    }

    @Nullable
    static Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
