package dev.convoy.kernel.vector.winograd;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Winograd;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;

/**
 * How the weight gradient of one layer is cut into pieces for the caches and for the workers; no
 * bit depends on it.
 *
 * <p>Rows of tiles are taken in chunks: their inputs and output gradients are transformed, then
 * multiplied block by block of input x output channels. Where filters are few, and workers have
 * equally many virtual nodes, each works on its own nodes, and all sums of a worker stay in its L2
 * cache. Otherwise a team of all workers shares chunks of whole nodes and takes block after block,
 * whose sums stay in L2.
 *
 * @param teams groups of workers that share a chunk: one of all workers, or each worker by itself
 * @param members workers of a team
 * @param nodes of a team
 * @param nodeRows rows of tiles of a virtual node
 * @param chunkNodes virtual nodes of a chunk, or 0 if a node takes several chunks
 * @param chunkRows rows of tiles of a chunk
 * @param blockInputs input channels of a block
 * @param blockOutputs output channels of a block
 * @param outputBlocks blocks of the same inputs
 * @param blocks all of them
 * @param levels partial sums of the tree of nodes that a block keeps beside the first
 */
record WinogradWeightPlan(
    int teams,
    int members,
    int nodes,
    int nodeRows,
    int chunkNodes,
    int chunkRows,
    int blockInputs,
    int blockOutputs,
    int outputBlocks,
    int blocks,
    int levels) {
  /** Input times output channels whose sums at all points stay in L2. */
  private static final int FEW_FILTERS = 64 * 64;

  /** Floats of a chunk's transforms that stay in L2 beside the sums. */
  private static final int SMALL_CHUNK = 260_000;

  /** Floats of a chunk's transforms otherwise, which bounds the memory. */
  private static final int LARGE_CHUNK = 16_000_000;

  private static final int BLOCK_CHANNELS = 64;

  static WinogradWeightPlan of(ConvolutionGeometry g, VirtualNodeTree tree, int workers) {
    int inputs = Layout.padded(g.groupInChannels());
    int outputs = Layout.padded(g.groupOutChannels());
    int perNode = tree.nodes() / workers;
    boolean alone =
        inputs * outputs <= FEW_FILTERS
            && perNode * workers == tree.nodes()
            && Integer.bitCount(perNode) == 1;
    int rows = Winograd.tiles(g.output().height());
    int columns = Winograd.tiles(g.output().width());
    int nodeRows = tree.images() * rows;
    int nodes = alone ? perNode : tree.nodes();
    int floats = alone ? SMALL_CHUNK : LARGE_CHUNK;
    int channels = Layout.padded(g.input().channels()) + g.outputStride();
    int fit = Math.max(1, floats / (Winograd.POINTS * columns * channels));
    int chunkNodes = Math.min(nodes, Integer.highestOneBit(Math.max(1, fit / nodeRows)));
    boolean whole = fit >= nodeRows;
    int blockInputs = Math.min(inputs, BLOCK_CHANNELS);
    int blockOutputs = Math.min(outputs, BLOCK_CHANNELS);
    int outputBlocks = blocks(outputs, blockOutputs);
    return new WinogradWeightPlan(
        alone ? workers : 1,
        alone ? 1 : workers,
        nodes,
        nodeRows,
        whole ? chunkNodes : 0,
        whole ? chunkNodes * nodeRows : fit,
        blockInputs,
        blockOutputs,
        outputBlocks,
        blocks(inputs, blockInputs) * outputBlocks * g.groups(),
        PairwiseTree.buffers(nodes) - 1);
  }

  private static int blocks(int channels, int ofBlock) {
    return (channels + ofBlock - 1) / ofBlock;
  }

  /** Returns the number of rows of tiles of a team. */
  int rows() {
    return nodes * nodeRows;
  }

  /** Returns the number of blocks whose sums must be kept from chunk to chunk. */
  int keptSums() {
    return chunkNodes == 0 ? blocks : members;
  }

  /**
   * Returns the number of blocks whose partial sums of the tree must be kept from chunk to chunk.
   */
  int keptLevels() {
    return chunkRows < rows() ? blocks : members;
  }
}
