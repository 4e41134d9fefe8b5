package dev.convoy.collective.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A full frame of 2^17 floats: completed with its checksum or encrypted, checked or decrypted, and
 * received over the loopback interface while another thread sends.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class FrameBenchmark {
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

  /** In the clear, by CRC-32C, or encrypted by AES-256-GCM. */
  @Param({"checksum", "encryption"})
  public String protection;

  /** The format in which floats travel. */
  @Param({"FLOAT32", "BFLOAT16"})
  public WireFormat format;

  private final float[] values = new float[Frame.CHUNK_FLOATS];
  private final ChunkBuffer sealed = new ChunkBuffer();
  private final ChunkBuffer buffer = new ChunkBuffer();
  private Operation operation;
  private ByteBuffer sealedPayload;
  private FrameProtection sealing;
  private final Checksum checksum = new Checksum();
  private final Decryption decryption = new Decryption(KEY);
  private final byte[] plaintext = new byte[ChunkBuffer.PAYLOAD_BYTES];
  private final Payload payload = new Payload(ByteBuffer.wrap(plaintext));
  private long sequence;
  private SocketChannel sending;
  private SocketChannel receiving;
  private FrameInput input;
  private FrameOutput output;

  /** Makes a sealed frame, and begins to send others over a connection. */
  @Setup(Level.Iteration)
  public void prepare() throws IOException {
    operation = Operation.allGather(format);
    sealing = protection();
    sequence = 1;
    Frame.putHeader(sealed.wire(), operation, values.length, 0);
    protection().seal(sealed, format, values, 0, values.length, 0);
    int sealedBytes = values.length * format.bytes() + Frame.TAG_BYTES;
    sealedPayload = sealed.wire().slice(Frame.HEADER_BYTES, sealedBytes).position(sealedBytes);
    connect();
    Traffic traffic = new Traffic(new AtomicLong());
    boolean encrypt = encrypts();
    input =
        encrypt
            ? new ReadAhead(1, receiving, new Decryption(KEY), traffic)
            : new FrameReader(receiving, buffer, traffic);
    output =
        encrypt ? new PipelinedOutput(1, sending, traffic) : new BlockingOutput(sending, traffic);
    Thread sender = new Thread(() -> sendAll(new FrameWriter(output, protection())), "sender");
    sender.setDaemon(true);
    sender.start();
  }

  private void connect() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      sending = SocketChannel.open(server.getLocalAddress());
      receiving = server.accept();
    }
  }

  private void sendAll(FrameWriter writer) {
    float[] chunk = new float[values.length];
    try {
      while (sending.isOpen()) {
        writer.write(operation, chunk, 0, chunk.length);
      }
    } catch (IOException e) {
      return; // The iteration is over.
    }
  }

  private boolean encrypts() {
    return protection.equals("encryption");
  }

  private FrameProtection protection() {
    return encrypts() ? new Encryption(KEY) : new Checksum();
  }

  /** Closes the connection. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    sending.close();
    receiving.close();
    output.close();
    input.close();
  }

  /** Copies floats into a frame and protects it. */
  @Benchmark
  public ChunkBuffer seal() {
    Frame.putHeader(buffer.wire(), operation, values.length, sequence);
    sealing.seal(buffer, format, values, 0, values.length, sequence++);
    return buffer;
  }

  /** Checks a frame and copies its floats. */
  @Benchmark
  public float[] open() throws IOException {
    if (encrypts()) {
      int bytes = values.length * format.bytes();
      decryption.put(0, sealedPayload);
      decryption.open(sealed.wire(), bytes, plaintext, 0);
      format.decode(payload, 0, values, 0, values.length);
    } else {
      checksum.check(sealed.wire(), format, values.length, 0);
      format.decode(sealed.payload(), 0, values, 0, values.length);
    }
    return values;
  }

  /** Receives a frame over the loopback interface. */
  @Benchmark
  public float[] receive() throws IOException, InterruptedException {
    input.read(operation, values, 0, values.length);
    return values;
  }
}
