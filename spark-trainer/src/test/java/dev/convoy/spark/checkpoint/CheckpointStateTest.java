package dev.convoy.spark.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Range;
import dev.convoy.optim.Plateau;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointStateTest {
  private static final CheckpointState STATE =
      new CheckpointState(
          300,
          "lenet5-modern",
          63232,
          "3f5c".repeat(16),
          List.of(List.of(new Range(0, 31744)), List.of(new Range(31744, 63232))),
          new Plateau.State(0.0625, 2, 1),
          "{\"seed\":1,\"rate\":1.0E-4,\"best\":1.7976931348623157E308}");

  private static CheckpointState read(byte[] json) throws IOException {
    return CheckpointState.read(new ByteArrayInputStream(json), "state.json");
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    assertEquals(STATE, read(STATE.toJson()));
  }

  @Test
  void noFlippedBitGoesUnnoticed() throws IOException {
    byte[] json = STATE.toJson();
    for (int at = 0; at < json.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        json[at] ^= (byte) (1 << bit);
        CheckpointState read;
        try {
          read = read(json);
        } catch (IOException damaged) {
          assertTrue(damaged.getMessage().startsWith("state.json "), damaged.getMessage());
          read = STATE;
        }
        assertEquals(STATE, read, "bit " + bit + " of byte " + at);
        json[at] ^= (byte) (1 << bit);
      }
    }
  }

  /** A run of an earlier version can be resumed. */
  @Test
  void aStateWithoutAChecksumIsRead() throws IOException {
    String json = new String(STATE.toJson(), StandardCharsets.UTF_8);
    String former = json.replaceFirst(",\\s*\"crc32c\" : \"[0-9a-f]{8}\"", "");
    assertTrue(former.length() < json.length());
    assertEquals(STATE, read(former.getBytes(StandardCharsets.UTF_8)));
    String otherStep = json.replace("\"step\" : 300", "\"step\" : 301");
    IOException e =
        assertThrows(IOException.class, () -> read(otherStep.getBytes(StandardCharsets.UTF_8)));
    assertEquals("state.json is damaged: its checksum is another one", e.getMessage());
  }
}
