package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.WireFormat;
import java.util.List;
import java.util.SortedSet;

/**
 * The all-gather of certain ranges of a vector: before, each rank has filled its own range;
 * afterwards every rank has all of them.
 */
interface AllGather {

  /**
   * Runs the operation; every rank must. If all ranges are empty, nothing is sent and no rank
   * waits.
   *
   * @param values the vector; the range of this rank is read, the others are written
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  void run(float[] values);

  /** A way to run all-gathers, which follows from the number of ranks alone. */
  interface Algorithm {

    /** Returns whether the algorithm works with this many ranks. */
    boolean supports(int ranks);

    /** Returns whether it is the one to use, unless one before it in the list is. */
    boolean suits(int ranks);

    /** Returns the ranks that {@code rank} sends to or receives from. */
    SortedSet<Integer> partners(int ranks, int rank);

    /**
     * Returns what it costs, for forecasts.
     *
     * @param ranges one per rank, those of the slices
     * @param format in which floats travel
     */
    Cost cost(List<Range> ranges, WireFormat format);

    /**
     * Prepares the operation.
     *
     * @param mesh connects this rank to its partners at least
     * @param ranges one per rank, disjoint, in any order; may be empty, may leave gaps
     * @param format in which floats travel
     * @param chunk the most floats in a frame
     */
    AllGather prepare(Mesh mesh, List<Range> ranges, WireFormat format, int chunk);
  }
}
