// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a browser plays, some of it long enough to be fetched in parts. */
final class Media {
    private Media() {}

    static String player(String source) {
        return "<!DOCTYPE html><html lang=en><meta charset=utf-8><link rel=icon href=data:,>"
                + "<title>Player</title><video src="
                + source
                + " controls muted preload=metadata></video>";
    }

    /** As a camera writes it: the index is the last of the file, here after 8 MB of nothing. */
    static byte[] clip() throws IOException {
        byte[] clip = Browser.resource("clip.mp4");
        int index = new String(clip, StandardCharsets.ISO_8859_1).lastIndexOf("moov") - 4;
        int free = 8 << 20;
        ByteBuffer file = ByteBuffer.allocate(clip.length + free);
        file.put(clip, 0, index).putInt(free).put("free".getBytes(StandardCharsets.US_ASCII));
        file.position(index + free).put(clip, index, clip.length - index);
        return file.array();
    }

    /** A tone, 16 bits, 48 kHz. */
    static byte[] wav(int seconds) {
        int bytes = seconds * 48_000 * 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(48_000).putInt(96_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (int i = 0; wav.hasRemaining(); i++) {
            wav.putShort((short) (i % 109 * 100));
        }
        return wav.array();
    }
}
