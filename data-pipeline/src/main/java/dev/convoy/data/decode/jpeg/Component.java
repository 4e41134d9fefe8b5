package dev.convoy.data.decode.jpeg;

/**
 * A component of a frame (ITU-T T.81, A.1.1 and A.2).
 *
 * @param index its place in the frame header
 * @param id the number by which scans name it
 * @param h horizontal sampling factor
 * @param v vertical sampling factor
 * @param table the number of its quantization table
 * @param across blocks in a row that have a sample of the image
 * @param down rows of such blocks
 * @param paddedAcross blocks in a row, filled up to whole interleaved MCUs
 * @param paddedDown rows of blocks, filled up
 */
record Component(
    int index,
    int id,
    int h,
    int v,
    int table,
    int across,
    int down,
    int paddedAcross,
    int paddedDown) {
  /** Returns the number of blocks that have a sample of the image. */
  long blocks() {
    return (long) across * down;
  }
}
