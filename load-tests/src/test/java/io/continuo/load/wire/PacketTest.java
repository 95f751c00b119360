package io.continuo.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PacketTest {
    private final Packet packet = new Packet();

    @Test
    void readsCounterAndPositionOfAChange() {
        scan("""
                {"type":"change","timestamp":"2031-02-03T09:10:11.512Z","counter":42,"position":"1923642611512-7",\
                "body":{"operation":"create","data":{"position":4096}}}""");

        assertThat(packet.kind()).isEqualTo(Packet.Kind.CHANGE);
        assertThat(packet.counter()).isEqualTo(42);
        assertThat(packet.positionMs()).isEqualTo(1_923_642_611_512L);
        assertThat(packet.positionSeq()).isEqualTo(7);
        assertThat(packet.mark()).isEqualTo(Packet.UNMARKED);
    }

    @Test
    void findsTheMarkInAMessage() {
        scan("""
                {"type":"response","timestamp":"2031-02-03T09:10:11.512Z","counter":0,\
                "body":{"success":true,"data":{"parts":[{"body":"~00000000000010ffxxx"}]}}}""");

        assertThat(packet.mark()).isEqualTo(0x10ff);
        assertThat(packet.failed()).isFalse();
    }

    @Test
    void seesARefusal() {
        scan("""
                {"type":"response","counter":3,"body":{"request_id":"r1","success":false,"data":{"id":"not_found"}}}""");

        assertThat(packet.kind()).isEqualTo(Packet.Kind.RESPONSE);
        assertThat(packet.failed()).isTrue();
    }

    @Test
    void refusesWhatIsNoPacket() {
        assertThatThrownBy(() -> scan("{\"kind\":\"something else entirely\"}"))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Presence is a change that is in no history. */
    @Test
    void knowsWhetherAChangeHasAPosition() {
        scan("{\"type\":\"change\",\"counter\":1,\"position\":\"5-1\",\"body\":{}}");
        assertThat(packet.hasPosition()).isTrue();

        scan("{\"type\":\"change\",\"counter\":2,\"body\":{}}");
        assertThat(packet.hasPosition()).isFalse();
    }

    private void scan(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer("before" + text + "after", StandardCharsets.UTF_8);
        packet.scan(bytes, 6, bytes.readableBytes() - 11);
    }
}
