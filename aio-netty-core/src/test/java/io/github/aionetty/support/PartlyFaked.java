// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** System calls some of which are played by a test, and the others by the kernel. */
public final class PartlyFaked {
    private PartlyFaked() {}

    /** Calls {@code fake}'s public method of the same signature where there is one. */
    static Syscalls by(Object fake) {
        return proxy(
                (method, arguments) -> {
                    Method own = find(fake.getClass(), method);
                    return own != null
                            ? own.invoke(fake, arguments)
                            : method.invoke(LibAio.instance(), arguments);
                });
    }

    /** What performs a call. */
    public interface Handler {
        Object call(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    /** All calls by one handler. */
    public static Syscalls proxy(Handler handler) {
        return (Syscalls)
                Proxy.newProxyInstance(
                        Syscalls.class.getClassLoader(),
                        new Class<?>[] {Syscalls.class},
                        (self, method, arguments) -> {
                            try {
                                return handler.call(method, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static Method find(Class<?> type, Method method) {
        try {
            return type.getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
