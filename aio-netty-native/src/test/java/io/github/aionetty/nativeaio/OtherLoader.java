// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loads the classes of this module and of Netty once more, moved to other packages as a shading
 * tool would do it, and with the native library under another name or without it.
 */
final class OtherLoader extends ClassLoader {
    private final Map<String, String> moves = new LinkedHashMap<>();
    private final String libraryName;

    /**
     * @param nettyPrefix put before Netty's packages, such as {@code a.b.}
     * @param ownPrefix put before this module's package
     * @param libraryName the one file name under which the library is found; null: none
     */
    OtherLoader(String nettyPrefix, String ownPrefix, String libraryName) {
        super(ClassLoader.getPlatformClassLoader());
        moves.put("io/netty/", nettyPrefix.replace('.', '/') + "io/netty/");
        moves.put("io/github/aionetty/", ownPrefix.replace('.', '/') + "io/github/aionetty/");
        this.libraryName = libraryName;
    }

    /** Changes a name in all classes, as if they were of another release than the library. */
    OtherLoader renaming(String name, String other) {
        moves.put(name, other);
        return this;
    }

    /** The class that stands at this name before it is moved. */
    Class<?> moved(Class<?> original) throws ClassNotFoundException {
        return Class.forName(
                move(original.getName().replace('.', '/')).replace('/', '.'), true, this);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        for (Map.Entry<String, String> entry : moves.entrySet()) {
            if (path.startsWith(entry.getValue())) {
                String original = entry.getKey() + path.substring(entry.getValue().length());
                byte[] bytes = rewritten(original);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return found == null
                ? Collections.emptyEnumeration()
                : Collections.enumeration(Collections.singleton(found));
    }

    @Override
    protected URL findResource(String name) {
        if (name.equals("META-INF/native/" + libraryName)) {
            return getClass()
                    .getClassLoader()
                    .getResource("META-INF/native/libaio_netty_" + Platform.arch() + ".so");
        }
        return null;
    }

    private String move(String text) {
        for (Map.Entry<String, String> entry : moves.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    /** A class file with every package name in its constants moved; other constants stay. */
    private byte[] rewritten(String path) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream stream = getClass().getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new ClassNotFoundException(path);
            }
            DataInputStream in =
                    new DataInputStream(new ByteArrayInputStream(stream.readAllBytes()));
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(in.readLong()); // magic and version, 8 bytes
            int constants = in.readUnsignedShort();
            out.writeShort(constants);
            for (int i = 1; i < constants; i++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == 1) {
                    out.writeUTF(move(in.readUTF()));
                } else {
                    out.write(in.readNBytes(sizeOf(tag)));
                }
                if (tag == 5 || tag == 6) {
                    i++; // long and double take two entries
                }
            }
            in.transferTo(out);
        } catch (IOException e) {
            throw new ClassNotFoundException(path, e);
        }
        return bytes.toByteArray();
    }

    /** Bytes of a constant's content (JVM specification, 4.4). */
    private static int sizeOf(int tag) {
        switch (tag) {
            case 5:
            case 6:
                return 8;
            case 7:
            case 8:
            case 16:
            case 19:
            case 20:
                return 2;
            case 15:
                return 3;
            default:
                return 4;
        }
    }
}
