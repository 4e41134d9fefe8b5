package dev.convoy.data.shard;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Sample;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardRecordTest {
  private static final int PIXELS = 12;

  /** A record of 12 bytes of pixels that says so of their shape. */
  private static ByteBuffer record(int height, int width, int channels) {
    int value = Integer.BYTES + 1 + 3 * Integer.BYTES + PIXELS;
    ByteBuffer record = ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + Integer.BYTES + value);
    record.putInt(Long.BYTES + Integer.BYTES + value).putInt(Long.BYTES).putLong(0).putInt(value);
    record.putInt(1).put((byte) 0).putInt(height).putInt(width).putInt(channels);
    return record.rewind();
  }

  @Test
  void pixelsAreRead() {
    Sample sample = new Sample();
    ShardRecord.read(record(2, 2, 3), 7, 2, sample, "here");
    assertEquals(7, sample.id());
    assertEquals(PIXELS, sample.pixels().elements());
  }

  @Test
  void aRecordThatEndsTooEarlyIsRefused() {
    ByteBuffer whole = record(2, 2, 3);
    for (int length = 0; length < whole.limit(); length++) {
      ByteBuffer cut = whole.slice(0, length);
      assertRefused(
          () -> ShardRecord.read(cut, 7, 2, new Sample(), "here"),
          "here holds a malformed record of sample 7");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-2, -2, 3",
    "0, 2, 3",
    "2, 2, 2",
    "2, 2, 4",
    "30000, 30000, 1",
    "65536, 65536, 65536",
    "2147483647, 2147483647, 2147483647"
  })
  void aShapeThatIsNotThatOfThePixelsIsRefusedBeforeMemoryIsTaken(
      int height, int width, int channels) {
    assertRefused(
        () -> ShardRecord.read(record(height, width, channels), 7, 2, new Sample(), "here"),
        "here holds a malformed record of sample 7");
  }
}
