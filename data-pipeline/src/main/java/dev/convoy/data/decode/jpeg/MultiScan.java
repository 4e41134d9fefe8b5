package dev.convoy.data.decode.jpeg;

/**
 * Decodes files of several scans: progressive ones, and those whose components come one after the
 * other. Coefficients are collected first and become samples when the last scan has been read.
 */
final class MultiScan {
  /** How often scans may go over the image; what is beyond that is there to cost time. */
  private static final int PASSES_MOST = 100;

  /** An array that is longer is not kept for the next image. */
  private static final int KEPT_MOST = 1 << 24;

  private final JpegFile file;
  private final Frame frame;
  private final Plane[] planes;
  private final Coefficients[] coefficients;
  private final int[][] quantization;
  private final Progression progression;
  private final Block block = new Block();
  private long visits;
  private int lastGoodRow;

  /**
   * Begins with nothing but zeros.
   *
   * @param reused arrays of the images before, one a component; those of this image take their
   *     place
   */
  MultiScan(JpegFile file, Plane[] planes, short[][] reused) {
    this.file = file;
    this.frame = file.frame();
    this.planes = planes;
    int count = planes.length;
    coefficients = new Coefficients[count];
    quantization = new int[count][];
    progression = new Progression(frame);
    for (int c = 0; c < count; c++) {
      coefficients[c] = new Coefficients(frame.components()[c], reused[c]);
      short[] values = coefficients[c].values();
      reused[c] = values.length <= KEPT_MOST ? values : null;
    }
  }

  /** Decodes all scans from the given one on, and the samples that are needed. */
  void decode(ScanHeader first) throws JpegException {
    for (ScanHeader scan = first; scan != null; scan = next()) {
      decodeScan(scan);
    }
    if (!progression.allComponents()) {
      file.faults().add(JpegFault.MISSING_SCAN);
    } else if (!progression.complete()) {
      file.faults().add(JpegFault.MISSING_BITS);
    }
    transform();
  }

  /** Returns the next scan, or null: broken segments end the file. */
  private ScanHeader next() throws JpegException {
    try {
      ScanHeader scan = file.nextScan();
      if (scan == null && file.cut() && !progression.complete()) {
        file.faults().add(JpegFault.EARLY_END);
      }
      return scan;
    } catch (JpegException e) {
      if (!progression.complete()) {
        file.faults().damaged(e);
      } else {
        file.faults().add(JpegFault.NO_END);
      }
      return null;
    }
  }

  private void decodeScan(ScanHeader scan) throws JpegException {
    for (Component component : scan.components()) {
      visits += component.blocks();
      if (quantization[component.index()] == null) {
        quantization[component.index()] = file.tables().quantization(component);
      }
    }
    checkVisits();
    if (frame.progressive()) {
      scan.checkProgressive();
    }
    progression.add(scan, file.faults());
    if (frame.progressive()) {
      ProgressiveDecoder decoder = new ProgressiveDecoder(file, scan);
      decode(scan, decoder, decoder::read);
    } else {
      SequentialDecoder decoder = new SequentialDecoder(file, scan);
      decode(scan, decoder, decoder::readQuantized);
    }
  }

  private void checkVisits() throws JpegException {
    long blocks = 0;
    for (Component component : frame.components()) {
      blocks += component.blocks();
    }
    if (visits > PASSES_MOST * blocks) {
      throw JpegException.broken("its scans go over the image more than " + PASSES_MOST + " times");
    }
  }

  /** Decodes what a scan brings of one block. */
  @FunctionalInterface
  private interface BlockDecoder {
    void read(int component, short[] values, int at);
  }

  private void decode(ScanHeader scan, EntropyDecoder decoder, BlockDecoder blocks)
      throws JpegException {
    Component[] components = scan.components();
    boolean interleaved = components.length > 1;
    Component only = components[0];
    int across = interleaved ? frame.mcusAcross() : only.across();
    int down = interleaved ? frame.mcusDown() : only.down();
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        if (!decoder.exhausted()) {
          lastGoodRow = interleaved ? row : row / only.v();
        }
        if (!decoder.begin()) {
          continue;
        }
        for (int c = 0; c < components.length; c++) {
          int h = interleaved ? components[c].h() : 1;
          int v = interleaved ? components[c].v() : 1;
          Coefficients stored = coefficients[components[c].index()];
          for (int y = row * v; y < row * v + v; y++) {
            for (int x = column * h; x < column * h + h; x++) {
              blocks.read(c, stored.values(), stored.at(y, x));
            }
          }
        }
        decoder.end();
      }
    }
    decoder.finish();
  }

  private void transform() {
    BlockSmoothing smoothing =
        BlockSmoothing.useful(frame, progression, quantization)
            ? new BlockSmoothing(frame, progression, lastGoodRow)
            : null;
    for (Plane plane : planes) {
      Component component = plane.component();
      Coefficients stored = coefficients[component.index()];
      int[] factors = quantization[component.index()];
      for (int y = plane.firstBlockRow(); y < plane.endBlockRow(); y++) {
        for (int x = plane.firstBlockColumn(); x < plane.endBlockColumn(); x++) {
          if (smoothing != null) {
            block.dequantize(smoothing.smooth(component, stored, factors, y, x), 0, factors);
          } else if (factors != null) {
            block.dequantize(stored.values(), stored.at(y, x), factors);
          } else {
            block.set(0);
          }
          plane.put(y, x, block);
        }
      }
      plane.finish();
    }
  }
}
