package dev.convoy.collective.transport;

import dev.convoy.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Three frames of a peer, in the clear or encrypted. */
public final class FrameTarget implements FuzzTarget {
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
  private static final int FLOATS = 5;

  private final boolean encrypted;
  private final float[] into = new float[FLOATS];
  private final ChunkBuffer buffer = new ChunkBuffer();

  /** Creates the target. */
  public FrameTarget(boolean encrypted) {
    this.encrypted = encrypted;
  }

  @Override
  public String name() {
    return encrypted ? "encrypted-frames" : "frames";
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer =
        new FrameWriter(
            new BlockingOutput(Channels.newChannel(out), new Traffic(new AtomicLong())),
            encrypted ? new Encryption(KEY) : new Checksum());
    float[] values = {1, -2, 3, -4, 5};
    writer.write(Operation.REDUCE_SCATTER, values, 0, FLOATS);
    writer.write(Operation.ALL_GATHER, values, 1, 3);
    writer.write(Operation.ALL_GATHER_BFLOAT16, values, 0, FLOATS);
    return List.of(out.toByteArray());
  }

  /** Each reader of encrypted frames begins a thread. */
  @Override
  public int inputsInShort() {
    return encrypted ? 200 : 1_000;
  }

  @Override
  public void read(byte[] input) throws IOException, InterruptedException {
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(input));
    Traffic traffic = new Traffic(new AtomicLong());
    FrameInput frames =
        encrypted
            ? new ReadAhead(1, channel, new Decryption(KEY), traffic)
            : new FrameReader(channel, buffer, traffic);
    try {
      frames.read(Operation.REDUCE_SCATTER, into, 0, FLOATS);
      frames.read(Operation.ALL_GATHER, into, 1, 3);
      frames.read(Operation.ALL_GATHER_BFLOAT16, (piece, at, length) -> {}, FLOATS);
    } catch (EOFException closed) {
      // Peer says which rank has closed its connection.
      throw new ProtocolException("the peer closed its connection");
    } finally {
      frames.close();
    }
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(ProtocolException.class);
  }
}
