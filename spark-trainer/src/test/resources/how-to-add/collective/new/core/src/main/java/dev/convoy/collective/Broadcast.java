package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import java.io.IOException;
import java.util.Arrays;

/**
 * Gives every rank the vector of one of them, the root.
 *
 * <pre>
 *   root, for each peer p:  send the vector, chunk by chunk
 *   any other rank:         receive it, chunk by chunk
 * </pre>
 *
 * The root sends {@code 4 (ranks - 1)} bytes for every float, any other rank receives 4.
 */
final class Broadcast {
  private final Mesh mesh;
  private final Outgoing[] outgoing;
  private float[] values;
  private boolean root;

  Broadcast(Mesh mesh) {
    this.mesh = mesh;
    outgoing = new Outgoing[mesh.ranks()];
    Arrays.fill(outgoing, new Vector());
  }

  /**
   * Runs the operation; every rank must, with the same root and vectors of one length.
   *
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  void run(float[] values, int root) {
    this.values = values;
    this.root = mesh.rank() == root;
    mesh.begin(outgoing);
    for (int at = 0; at < values.length && !this.root; at += Frame.CHUNK_FLOATS) {
      mesh.peer(root).receive(Operation.BROADCAST, values, at, length(at));
    }
    mesh.end(Operation.BROADCAST);
  }

  /** Returns the length of the chunk that begins at {@code at}. */
  private int length(int at) {
    return Math.min(Frame.CHUNK_FLOATS, values.length - at);
  }

  /** All of the root's vector; nothing of another rank's. */
  private final class Vector implements Outgoing {
    @Override
    public Operation operation() {
      return Operation.BROADCAST;
    }

    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      for (int at = 0; at < values.length && root; at += Frame.CHUNK_FLOATS) {
        writer.write(Operation.BROADCAST, values, at, length(at));
      }
    }
  }
}
