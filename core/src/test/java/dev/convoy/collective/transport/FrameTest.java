package dev.convoy.collective.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final float[] VALUES = {1, -2.5f, Float.NaN, Float.MIN_VALUE};
  private static final ChunkBuffer BUFFER = new ChunkBuffer();

  @Test
  void aPlainFrameLooksAsDrawn() throws IOException {
    ByteBuffer frame = ByteBuffer.wrap(written(false)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(16 + 16 + 4, frame.capacity());
    assertEquals(
        "CVF", new String(frame.array(), 0, 3, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals(1, frame.get(3));
    assertEquals(4, frame.getInt(4));
    assertEquals(0, frame.getLong(8));
    assertEquals(-2.5f, frame.getFloat(20));
    CRC32C crc = new CRC32C();
    crc.update(frame.array(), 0, 32);
    assertEquals((int) crc.getValue(), frame.getInt(32));
  }

  @Test
  void aFrameOfBfloat16HasTheUpperHalves() throws IOException {
    float[] values = {1, -2.5f, Float.NEGATIVE_INFINITY};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer(out, false).write(Operation.ALL_GATHER_BFLOAT16, values, 0, 3);
    ByteBuffer frame = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(16 + 6 + 4, frame.capacity());
    assertEquals(4, frame.get(3));
    assertEquals(3, frame.getInt(4));
    assertEquals(0x3f80, frame.getShort(16));
    assertEquals((short) 0xc020, frame.getShort(18));
    assertEquals((short) 0xff80, frame.getShort(20));
    CRC32C crc = new CRC32C();
    crc.update(frame.array(), 0, 22);
    assertEquals((int) crc.getValue(), frame.getInt(22));
  }

  @Property(tries = 100)
  void anyBfloat16sAreReadBack(
      @ForAll @Size(max = 50) short[] halves,
      @ForAll @IntRange(max = 3) int from,
      @ForAll boolean encrypt)
      throws IOException {
    float[] values = new float[from + halves.length];
    for (int i = 0; i < halves.length; i++) {
      values[from + i] = Float.intBitsToFloat(halves[i] << 16);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Operation operation = Operation.REDUCE_SCATTER_BFLOAT16;
    writer(out, encrypt).write(operation, values, from, halves.length);
    float[] back = new float[from + halves.length];
    reader(out.toByteArray(), encrypt).read(operation, back, from, halves.length);
    assertArrayEquals(values, back);
  }

  @Test
  void aFullFrameOfBfloat16IsReadBack() throws Exception {
    float[] values = new float[Frame.CHUNK_FLOATS];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i << 16);
    }
    for (boolean encrypt : new boolean[] {false, true}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      writer(out, encrypt).write(Operation.ALL_GATHER_BFLOAT16, values, 0, values.length);
      float[] back = new float[values.length];
      reader(out.toByteArray(), encrypt)
          .read(Operation.ALL_GATHER_BFLOAT16, back, 0, values.length);
      assertArrayEquals(values, back);
    }
  }

  @Test
  void bothFormsAreReadBack() throws IOException {
    assertArrayEquals(VALUES, read(written(false), false));
    assertArrayEquals(VALUES, read(written(true), true));
    assertEquals(16 + 16 + 16, written(true).length);
  }

  @Test
  void theSameChunkIsSealedDifferentlyTheNextTime() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = writer(out, true);
    writer.write(Operation.ALL_GATHER, VALUES, 0, 4);
    writer.write(Operation.ALL_GATHER, VALUES, 0, 4);
    byte[] bytes = out.toByteArray();
    assertFalse(
        Arrays.equals(Arrays.copyOfRange(bytes, 16, 48), Arrays.copyOfRange(bytes, 64, 96)));
  }

  @Property(tries = 200)
  void anySingleBitFlippedIsFoundInASealedFrame(@ForAll @IntRange(max = 48 * 8 - 1) int bit)
      throws IOException {
    byte[] frame = written(true);
    frame[bit / 8] ^= (byte) (1 << bit % 8);
    assertThrows(ProtocolException.class, () -> read(frame, true));
  }

  @Property(tries = 200)
  void anySingleBitFlippedIsFoundInAPlainFrame(@ForAll @IntRange(max = 36 * 8 - 1) int bit)
      throws IOException {
    byte[] frame = written(false);
    frame[bit / 8] ^= (byte) (1 << bit % 8);
    assertThrows(ProtocolException.class, () -> read(frame, false));
  }

  @Property(tries = 200)
  void randomBytesAreNoFrame(@ForAll @Size(max = 100) byte[] bytes) {
    assertThrows(IOException.class, () -> read(bytes, false));
  }

  @Test
  void aFrameThatIsNotDueIsDescribed() throws IOException {
    FrameReader reader = reader(written(false), false);
    assertEquals(
        "sent frame 0 of reduce-scatter with 4 floats where frame 0 of all-gather with 9 floats was"
            + " due",
        assertThrows(
                ProtocolException.class,
                () -> reader.read(Operation.ALL_GATHER, new float[9], 0, 9))
            .getMessage());
  }

  /** With encryption a frame is read on another thread, which must not trust what it reads. */
  @Property(tries = 200)
  void anySingleBitFlippedIsFoundByTheThreadThatReadsAhead(
      @ForAll @IntRange(max = 48 * 8 - 1) int bit) throws Exception {
    byte[] frame = written(true);
    frame[bit / 8] ^= (byte) (1 << bit % 8);
    assertThrows(ProtocolException.class, () -> readAhead(frame));
  }

  @Property(tries = 200)
  void randomBytesAreNoFrameReadAhead(@ForAll @Size(max = 100) byte[] bytes) {
    assertThrows(IOException.class, () -> readAhead(bytes));
  }

  @Test
  void aFrameIsReadAheadAndThenNothingMore() throws Exception {
    assertArrayEquals(VALUES, readAhead(written(true)));
    try (Pipe.SourceChannel source = open(written(true))) {
      ReadAhead reader = new ReadAhead(1, source, protection(true), traffic());
      reader.read(Operation.REDUCE_SCATTER, new float[4], 0, 4);
      assertThrows(
          EOFException.class, () -> reader.read(Operation.REDUCE_SCATTER, new float[4], 0, 4));
      reader.close();
    }
  }

  private static float[] readAhead(byte[] bytes) throws Exception {
    float[] values = new float[4];
    try (Pipe.SourceChannel source = open(bytes)) {
      ReadAhead reader = new ReadAhead(1, source, protection(true), traffic());
      try {
        reader.read(Operation.REDUCE_SCATTER, values, 0, 4);
      } finally {
        reader.close();
      }
    }
    return values;
  }

  private static Pipe.SourceChannel open(byte[] bytes) throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SinkChannel sink = pipe.sink()) {
      sink.write(ByteBuffer.wrap(bytes));
    }
    return pipe.source();
  }

  @Test
  void sealingAndOpeningAllocateNothingOfAChunksSize() throws IOException {
    ChunkBuffer buffer = new ChunkBuffer();
    float[] chunk = new float[Frame.CHUNK_FLOATS];
    for (Operation operation : Operation.values()) {
      for (boolean encrypt : new boolean[] {false, true}) {
        FrameProtection protection = protection(encrypt);
        sealAndOpen(operation, protection, buffer, chunk, 0, 20);
        long before = allocatedBytes();
        sealAndOpen(operation, protection, buffer, chunk, 20, 60);
        long each = (allocatedBytes() - before) / 40;
        assertTrue(each < (encrypt ? 20_000 : 100), each + " bytes");
      }
    }
  }

  private static void sealAndOpen(
      Operation operation,
      FrameProtection protection,
      ChunkBuffer buffer,
      float[] chunk,
      int from,
      int to)
      throws IOException {
    WireFormat format = operation.format();
    for (int i = from; i < to; i++) {
      Frame.putHeader(buffer.wire(), operation, chunk.length, i);
      protection.seal(buffer, format, chunk, 0, chunk.length, i);
      protection.open(buffer, format, chunk, 0, chunk.length, i);
    }
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static byte[] written(boolean encrypt) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer(out, encrypt).write(Operation.REDUCE_SCATTER, VALUES, 0, 4);
    return out.toByteArray();
  }

  private static FrameWriter writer(ByteArrayOutputStream out, boolean encrypt) {
    return new FrameWriter(
        new BlockingOutput(Channels.newChannel(out), traffic()), protection(encrypt));
  }

  private static float[] read(byte[] frame, boolean encrypt) throws IOException {
    float[] values = new float[4];
    reader(frame, encrypt).read(Operation.REDUCE_SCATTER, values, 0, 4);
    return values;
  }

  private static FrameReader reader(byte[] frame, boolean encrypt) {
    return new FrameReader(
        Channels.newChannel(new ByteArrayInputStream(frame)),
        protection(encrypt),
        BUFFER,
        traffic());
  }

  private static FrameProtection protection(boolean encrypt) {
    return encrypt ? new AesGcm(new SecretKeySpec(new byte[32], "AES")) : new Checksum();
  }

  private static Traffic traffic() {
    return new Traffic(new AtomicLong());
  }
}
