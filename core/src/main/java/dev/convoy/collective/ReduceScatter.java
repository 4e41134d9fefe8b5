package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.WireFormat;
import java.util.List;
import java.util.SortedSet;

/**
 * The reduce-scatter of one bucket: adds one vector per virtual node in the balanced binary tree
 * over the node's number, and leaves each rank with its slice of the sum. Every algorithm gives the
 * same bits, for every number of ranks.
 */
interface ReduceScatter {

  /**
   * Runs the operation; every rank must.
   *
   * @param partials the sums of this rank's subtrees, ascending, as {@link VirtualNodes#subtrees}
   *     lists them. Only the bucket is read, and it may be overwritten
   * @param sliceSum gets this rank's slice of the sum; its index 0 is the slice's first element
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  void run(List<float[]> partials, float[] sliceSum);

  /**
   * A way to run reduce-scatters. Everything here follows from the numbers of virtual nodes, ranks
   * and floats, so all ranks know it of each other, before they are connected.
   */
  interface Algorithm {

    /** Returns whether the algorithm works with this many ranks. */
    boolean supports(int ranks);

    /** Returns whether it is the one to use, unless one before it in the list is. */
    boolean suits(int ranks, int floats);

    /** Returns the ranks that {@code rank} sends to or receives from. */
    SortedSet<Integer> partners(VirtualNodes nodes, int rank);

    /** Returns the slice of the bucket that each rank owns afterwards; may be empty. */
    List<Range> slices(VirtualNodes nodes, Range bucket);

    /**
     * Returns what it costs, for forecasts.
     *
     * @param format in which floats travel
     */
    Cost cost(VirtualNodes nodes, Range bucket, WireFormat format);

    /** Returns the scratch memory that a rank needs. */
    Scratch.Size scratch(VirtualNodes nodes, Range bucket, int rank, int chunk);

    /**
     * Prepares the operation for one bucket.
     *
     * @param mesh connects this rank to its partners at least
     * @param rounding of the sums of the tree that this rank completes; its partial sums are
     *     rounded already
     * @param scratch at least of the size that {@link #scratch} says; operations may share it
     * @param format in which floats travel
     * @param chunk the most floats in a frame
     */
    ReduceScatter prepare(
        Mesh mesh,
        VirtualNodes nodes,
        Range bucket,
        Rounding rounding,
        Scratch scratch,
        WireFormat format,
        int chunk);
  }
}
