package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import java.util.List;

/**
 * Sends the sum of a rank's slice to the ranks that keep replicas of the slice, and receives the
 * sums of the slices that it keeps replicas of itself ({@link Buddies}).
 *
 * <p><b>Bytes:</b> {@code 4 replicas} for every float of a slice, each way. <b>Latency:</b> one
 * message.
 */
final class Replication {
  private static final Operation OPERATION = Operation.REPLICATE;

  private final Mesh mesh;
  private final List<Integer> owners;
  private final List<Range> slices;
  private final int chunk;
  private final int longest;
  private final FramesToSend own = new FramesToSend(OPERATION, new Progress());
  private final Outgoing[] outgoing;

  /**
   * Prepares the operation on a bucket.
   *
   * @param slices of the bucket, one for each rank
   * @param chunk the most floats in a frame
   */
  Replication(Mesh mesh, Buddies buddies, List<Range> slices, int chunk) {
    this.mesh = mesh;
    this.chunk = chunk;
    this.slices = slices;
    owners = buddies.owners(mesh.rank());
    longest = owners.stream().mapToInt(owner -> slices.get(owner).length()).max().orElse(0);
    Range whole = new Range(0, slices.get(mesh.rank()).length());
    for (Range frame : Frames.cut(List.of(whole), chunk)) {
      own.add(frame, 0);
    }
    outgoing = new Outgoing[mesh.ranks()];
    buddies.keepers(mesh.rank()).forEach(keeper -> outgoing[keeper] = own);
  }

  /**
   * Runs the operation; every rank must.
   *
   * @param sum of this rank's slice, from index 0 on
   * @param replicas get the sums of the slices of {@link Buddies#owners}, in their order, from
   *     index 0 on
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  void run(float[] sum, List<float[]> replicas) {
    own.of(sum);
    mesh.begin(outgoing);
    for (int at = 0; at < longest; at += chunk) {
      for (int i = 0; i < owners.size(); i++) {
        int owner = owners.get(i);
        int count = Math.min(chunk, slices.get(owner).length() - at);
        if (count > 0) {
          mesh.peer(owner).receive(OPERATION, replicas.get(i), at, count);
        }
      }
    }
    mesh.end(OPERATION);
  }
}
