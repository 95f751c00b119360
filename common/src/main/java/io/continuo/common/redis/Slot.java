package io.continuo.common.redis;

import java.nio.charset.StandardCharsets;

/** The slot of a key in Redis Cluster: CRC16 (XMODEM) of the key, or of what stands between its first braces. */
final class Slot {
    static final int COUNT = 16_384;
    private static final int POLYNOMIAL = 0x1021;

    private Slot() {}

    static int of(String key) {
        return of(key.getBytes(StandardCharsets.UTF_8));
    }

    static int of(byte[] key) {
        int open = indexOf(key, '{', 0);
        int close = open < 0 ? -1 : indexOf(key, '}', open + 1);
        return close > open + 1 ? crc(key, open + 1, close) % COUNT : crc(key, 0, key.length) % COUNT;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int crc(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
        }
        return crc & 0xFFFF;
    }
}
