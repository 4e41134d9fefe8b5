package dev.convoy.data.decode.jpeg;

/**
 * Decodes files whose only scan has all components: blocks become samples as they come, and nothing
 * but the samples that are needed is kept.
 */
final class SingleScan {
  private final JpegFile file;
  private final Plane[] planes;
  private final SequentialDecoder decoder;
  private final int[][] quantization;
  private final Block block = new Block();

  SingleScan(JpegFile file, ScanHeader scan, Plane[] planes) throws JpegException {
    this.file = file;
    this.planes = planes;
    decoder = new SequentialDecoder(file, scan);
    quantization = new int[planes.length][];
    for (Component component : scan.components()) {
      quantization[component.index()] = file.tables().quantization(component);
    }
  }

  /**
   * Decodes all rows that are needed.
   *
   * @return whether they are the file's last
   */
  boolean decode() throws JpegException {
    Frame frame = file.frame();
    boolean interleaved = planes.length > 1;
    Component only = planes[0].component();
    int across = interleaved ? frame.mcusAcross() : only.across();
    int down = interleaved ? frame.mcusDown() : only.down();
    int rows = 0;
    for (Plane plane : planes) {
      int v = interleaved ? plane.component().v() : 1;
      rows = Math.max(rows, Math.min(down, Frame.ceil(plane.endBlockRow(), v)));
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < across; column++) {
        if (decoder.begin()) {
          decodeMcu(row, column, interleaved);
          decoder.end();
        } else {
          clearMcu(row, column, interleaved);
        }
      }
    }
    for (Plane plane : planes) {
      plane.finish();
    }
    if (rows == down) {
      decoder.finish();
    }
    return rows == down;
  }

  private void decodeMcu(int row, int column, boolean interleaved) {
    for (int c = 0; c < planes.length; c++) {
      Plane plane = planes[c];
      int h = interleaved ? plane.component().h() : 1;
      int v = interleaved ? plane.component().v() : 1;
      for (int y = row * v; y < row * v + v; y++) {
        for (int x = column * h; x < column * h + h; x++) {
          decodeBlock(c, plane, y, x);
        }
      }
    }
  }

  private void decodeBlock(int c, Plane plane, int y, int x) {
    if (!plane.needs(y, x)) {
      decoder.readDc(c);
      return;
    }
    if (plane.meansOnly()) {
      block.set(decoder.readDc(c) * quantization[c][0]);
    } else {
      decoder.read(c, quantization[c], block);
    }
    plane.put(y, x, block);
  }

  /** Makes an MCU without data grey. */
  private void clearMcu(int row, int column, boolean interleaved) {
    block.set(0);
    for (Plane plane : planes) {
      int h = interleaved ? plane.component().h() : 1;
      int v = interleaved ? plane.component().v() : 1;
      for (int y = row * v; y < row * v + v; y++) {
        for (int x = column * h; x < column * h + h; x++) {
          if (plane.needs(y, x)) {
            plane.put(y, x, block);
          }
        }
      }
    }
  }
}
