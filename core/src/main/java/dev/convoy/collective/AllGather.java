package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Spreads what each rank owns: before, each rank has filled its own range of the vector; afterwards
 * every rank has all of them.
 *
 * <pre>
 *   rank r, for each peer p:  send r's range, chunk by chunk
 *   rank r, chunk by chunk:   for p = r + 1, r + 2, … (mod ranks): receive the chunk of p's range
 * </pre>
 *
 * Each rank begins with another peer, so that not all wait for the same one. A rank sends {@code 4
 * (ranks - 1)} bytes for every float of its range and receives 4 for every float of the others'.
 */
final class AllGather {
  private final Mesh mesh;
  private final Outgoing[] outgoing;
  private final int chunk;
  private float[] values;
  private Range own;

  /**
   * @param mesh the ranks
   * @param chunk floats of a frame
   */
  AllGather(Mesh mesh, int chunk) {
    this.mesh = mesh;
    this.chunk = chunk;
    outgoing = new Outgoing[mesh.ranks()];
    Arrays.fill(outgoing, new OwnRange());
  }

  /**
   * Runs the operation; every rank must, with the same ranges. If all ranges are empty, nothing is
   * sent and no rank waits.
   *
   * @param values the vector; the range of this rank is read, the others are written
   * @param ranges one per rank, ascending and disjoint; may be empty, may leave gaps
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  void run(float[] values, List<Range> ranges) {
    int longest = check(values, ranges);
    this.values = values;
    own = ranges.get(mesh.rank());
    mesh.begin(outgoing);
    for (long at = 0; at < longest; at += chunk) {
      for (int i = 1; i < mesh.ranks(); i++) {
        int rank = (mesh.rank() + i) % mesh.ranks();
        Range range = ranges.get(rank);
        if (at < range.length()) {
          int count = (int) Math.min(chunk, range.length() - at);
          mesh.peer(rank).receive(Operation.ALL_GATHER, values, range.from() + (int) at, count);
        }
      }
    }
    mesh.end(Operation.ALL_GATHER);
  }

  /** Returns the length of the longest range. */
  private int check(float[] values, List<Range> ranges) {
    if (ranges.size() != mesh.ranks()) {
      throw new IllegalArgumentException(
          "an all-gather over "
              + mesh.ranks()
              + " ranks needs as many ranges, got "
              + ranges.size());
    }
    int end = 0;
    int longest = 0;
    for (int rank = 0; rank < ranges.size(); rank++) {
      Range range = ranges.get(rank);
      if (range.from() < end || range.to() > values.length) {
        throw new IllegalArgumentException(
            "the ranges of an all-gather ascend, stay apart and lie in 0 to "
                + values.length
                + "; that of rank "
                + rank
                + " is "
                + range.from()
                + " to "
                + range.to());
      }
      end = range.to();
      longest = Math.max(longest, range.length());
    }
    return longest;
  }

  /** Sends this rank's range, the same to every peer. */
  private final class OwnRange implements Outgoing {
    @Override
    public Operation operation() {
      return Operation.ALL_GATHER;
    }

    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      int count;
      for (int at = own.from(); at < own.to(); at += count) {
        count = Math.min(chunk, own.to() - at);
        writer.write(Operation.ALL_GATHER, values, at, count);
      }
    }
  }
}
