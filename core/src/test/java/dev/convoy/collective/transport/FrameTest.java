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
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final float[] VALUES = {1, -2.5f, Float.NaN, Float.MIN_VALUE};
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
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
      throws Exception {
    float[] values = new float[from + halves.length];
    for (int i = 0; i < halves.length; i++) {
      values[from + i] = Float.intBitsToFloat(halves[i] << 16);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Operation operation = Operation.REDUCE_SCATTER_BFLOAT16;
    writer(out, encrypt).write(operation, values, from, halves.length);
    float[] back = read(out.toByteArray(), encrypt, operation, halves.length);
    assertArrayEquals(Arrays.copyOfRange(values, from, values.length), back);
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
      assertArrayEquals(
          values, read(out.toByteArray(), encrypt, Operation.ALL_GATHER_BFLOAT16, values.length));
    }
  }

  @Property(tries = 30)
  void piecesOfAFrameAreAllOfIt(
      @ForAll @IntRange(max = 13_000) int length, @ForAll boolean half, @ForAll boolean encrypt)
      throws Exception {
    Operation operation = half ? Operation.REDUCE_SCATTER_BFLOAT16 : Operation.REDUCE_SCATTER;
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(i << 16);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer(out, encrypt).write(operation, values, 0, length);
    float[] back = new float[length];
    FrameInput input = input(out.toByteArray(), encrypt);
    try {
      input.read(
          operation, (piece, at, count) -> System.arraycopy(piece, 0, back, at, count), length);
    } finally {
      input.close();
    }
    assertArrayEquals(values, back);
  }

  @Test
  void nothingOfADamagedFrameIsHandedOn() {
    for (boolean encrypt : new boolean[] {false, true}) {
      ProtocolException failure =
          assertThrows(
              ProtocolException.class,
              () -> {
                byte[] frame = written(encrypt);
                frame[frame.length - 1] ^= 1;
                FrameInput input = input(frame, encrypt);
                try {
                  input.read(
                      Operation.REDUCE_SCATTER,
                      (piece, at, count) -> {
                        throw new AssertionError("a piece of a damaged frame");
                      },
                      4);
                } finally {
                  input.close();
                }
              });
      assertTrue(failure.getMessage().startsWith("sent frame 0, wh"), failure.getMessage());
    }
  }

  @Test
  void bothFormsAreReadBack() throws Exception {
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
      throws Exception {
    byte[] frame = written(true);
    frame[bit / 8] ^= (byte) (1 << bit % 8);
    assertThrows(ProtocolException.class, () -> read(frame, true));
  }

  @Property(tries = 200)
  void anySingleBitFlippedIsFoundInAPlainFrame(@ForAll @IntRange(max = 36 * 8 - 1) int bit)
      throws Exception {
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
    FrameInput reader = input(written(false), false);
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
      ReadAhead reader = new ReadAhead(1, source, new Decryption(KEY), traffic());
      reader.read(Operation.REDUCE_SCATTER, new float[4], 0, 4);
      assertThrows(
          EOFException.class, () -> reader.read(Operation.REDUCE_SCATTER, new float[4], 0, 4));
      reader.close();
    }
  }

  private static float[] readAhead(byte[] bytes) throws Exception {
    return read(bytes, true);
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
        Opening opening = encrypt ? decryption() : checking();
        sealAndOpen(operation, protection, opening, buffer, chunk, 0, 20);
        long before = allocatedBytes();
        sealAndOpen(operation, protection, opening, buffer, chunk, 20, 60);
        long each = (allocatedBytes() - before) / 40;
        assertTrue(each < (encrypt ? 20_000 : 100), each + " bytes");
      }
    }
  }

  /** How the frame in a buffer is checked or decrypted. */
  private interface Opening {
    void open(ChunkBuffer buffer, WireFormat format, int length, long sequence) throws IOException;
  }

  private static Opening checking() {
    Checksum checksum = new Checksum();
    return (buffer, format, length, sequence) ->
        checksum.check(buffer.wire(), format, length, sequence);
  }

  private static Opening decryption() {
    Decryption decryption = new Decryption(KEY);
    byte[] plaintext = new byte[ChunkBuffer.PAYLOAD_BYTES];
    return (buffer, format, length, sequence) -> {
      int bytes = length * format.bytes();
      ByteBuffer sealed = buffer.wire().slice(Frame.HEADER_BYTES, bytes + Frame.TAG_BYTES);
      decryption.put(0, sealed.position(sealed.limit()));
      decryption.open(buffer.wire(), bytes, plaintext, sequence);
    };
  }

  private static void sealAndOpen(
      Operation operation,
      FrameProtection protection,
      Opening opening,
      ChunkBuffer buffer,
      float[] chunk,
      int from,
      int to)
      throws IOException {
    WireFormat format = operation.format();
    for (int i = from; i < to; i++) {
      Frame.putHeader(buffer.wire(), operation, chunk.length, i);
      protection.seal(buffer, format, chunk, 0, chunk.length, i);
      opening.open(buffer, format, chunk.length, i);
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

  private static float[] read(byte[] frame, boolean encrypt) throws Exception {
    return read(frame, encrypt, Operation.REDUCE_SCATTER, 4);
  }

  private static float[] read(byte[] frame, boolean encrypt, Operation operation, int length)
      throws Exception {
    float[] values = new float[length];
    FrameInput input = input(frame, encrypt);
    try {
      input.read(operation, values, 0, length);
    } finally {
      input.close();
    }
    return values;
  }

  /** Returns what the peer of a mesh reads with. */
  private static FrameInput input(byte[] frame, boolean encrypt) {
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(frame));
    return encrypt
        ? new ReadAhead(1, channel, new Decryption(KEY), traffic())
        : new FrameReader(channel, BUFFER, traffic());
  }

  private static FrameProtection protection(boolean encrypt) {
    return encrypt ? new Encryption(KEY) : new Checksum();
  }

  private static Traffic traffic() {
    return new Traffic(new AtomicLong());
  }
}
