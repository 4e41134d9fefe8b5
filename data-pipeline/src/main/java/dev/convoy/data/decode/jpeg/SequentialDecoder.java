package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/** Decodes the blocks of baseline and extended sequential scans (ITU-T T.81, F.2.2). */
final class SequentialDecoder extends EntropyDecoder {
  private static final int[] ONES = ones();
  private static final int LENGTH = 0x3f;
  private static final int RUN = 8;
  private static final int VALUE = 16;

  private final Block block = new Block();
  private final int[] predictions = new int[4];
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;

  SequentialDecoder(JpegFile file, ScanHeader scan) throws JpegException {
    super(file);
    int components = scan.components().length;
    dc = new HuffmanTable[components];
    ac = new HuffmanTable[components];
    for (int i = 0; i < components; i++) {
      dc[i] = file.tables().dc(scan.dcTables()[i], file.frame());
      ac[i] = file.tables().ac(scan.acTables()[i], file.frame());
    }
    if (!scan.sequential()) {
      file.faults().add(JpegFault.SCAN_PARAMETERS);
    }
  }

  @Override
  void resetPredictions() {
    Arrays.fill(predictions, 0);
  }

  private int dc(int component) {
    int size = in.symbol(dc[component]);
    predictions[component] += BitReader.extend(in.bits(size), size);
    // A coefficient has 16 bits; only corrupt data leave them.
    return (short) predictions[component];
  }

  /**
   * Decodes a block.
   *
   * @param component its number in the scan
   * @param quantization factors in zigzag order
   * @param block becomes the block's coefficients
   */
  void read(int component, int[] quantization, Block block) {
    int first = dc(component) * quantization[0];
    int[] values = block.values;
    values[0] = first;
    long sum = Math.abs(first);
    int[] coefficients = ac[component].coefficients;
    int[] places = Zigzag.PLACES;
    BitReader reader = in;
    long buffer = reader.buffer;
    int count = reader.count;
    int k = 1;
    int[] touched = block.places;
    int filled = 1;
    while (k < Zigzag.COUNT) {
      if (count < BitReader.FILLED) {
        reader.buffer = buffer;
        reader.count = count;
        reader.fill();
        buffer = reader.buffer;
        count = reader.count;
      }
      int entry = coefficients[(int) (buffer >>> (64 - HuffmanTable.AC_LOOKUP))];
      int value = entry >> VALUE;
      int length = entry & LENGTH;
      int zeros = entry >> RUN & 0xff;
      if ((entry & HuffmanTable.OTHER) != 0) {
        int size = value;
        if (length == 0) {
          int found = reader.search(ac[component], buffer);
          length = found >> 8;
          size = found & 15;
          zeros = zeros(found);
        }
        buffer <<= length;
        count -= length;
        if (size == 0) {
          k += zeros;
          continue;
        }
        value = BitReader.extend((int) (buffer >>> (64 - size)), size);
        length = size;
      }
      buffer <<= length;
      count -= length;
      k += zeros;
      int product = value * quantization[k];
      touched[filled] = places[k];
      values[filled++] = product;
      sum += Math.abs(product);
      k++;
    }
    reader.buffer = buffer;
    reader.count = count;
    block.count = filled;
    block.magnitude = sum;
  }

  /** Decodes a block and stores its coefficients, in rows of 8, as they are. */
  void readQuantized(int component, short[] values, int at) {
    read(component, ONES, block);
    for (int i = 0; i < block.count; i++) {
      values[at + block.places[i]] = (short) block.values[i];
    }
  }

  /**
   * Returns how many zeros a symbol means that goes before a coefficient, or instead of it
   * (F.2.2.2).
   */
  private static int zeros(int symbol) {
    int run = symbol >> 4 & 15;
    if ((symbol & 15) > 0) {
      return run;
    }
    return run == 15 ? run + 1 : HuffmanTable.END_OF_BLOCK;
  }

  private static int[] ones() {
    int[] ones = new int[Zigzag.PLACES.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Decodes a block of which only the DC coefficient is needed, and returns that. It has a loop of
   * its own because the blocks around a crop all pass through here, and none of the values that
   * {@link #read} computes is needed of them.
   */
  int readDc(int component) {
    int first = dc(component);
    int[] coefficients = ac[component].coefficients;
    BitReader reader = in;
    long buffer = reader.buffer;
    int count = reader.count;
    int k = 1;
    while (k < Zigzag.COUNT) {
      if (count < BitReader.FILLED) {
        reader.buffer = buffer;
        reader.count = count;
        reader.fill();
        buffer = reader.buffer;
        count = reader.count;
      }
      int entry = coefficients[(int) (buffer >>> (64 - HuffmanTable.AC_LOOKUP))];
      int length = entry & LENGTH;
      int zeros = entry >> RUN & 0xff;
      boolean coefficient = entry >> VALUE != 0;
      if ((entry & HuffmanTable.OTHER) != 0) {
        int size = entry >> VALUE;
        if (length == 0) {
          int found = reader.search(ac[component], buffer);
          length = found >> 8;
          size = found & 15;
          zeros = zeros(found);
          coefficient = size > 0;
        }
        length += size;
      }
      buffer <<= length;
      count -= length;
      k += coefficient ? zeros + 1 : zeros;
    }
    reader.buffer = buffer;
    reader.count = count;
    return first;
  }
}
