package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/**
 * Decodes the blocks of progressive scans (ITU-T T.81, G.1.2 and G.2): a band of coefficients, or
 * one more bit of them.
 */
final class ProgressiveDecoder extends EntropyDecoder {
  private final ScanHeader scan;
  private final int[] predictions = new int[4];
  private final HuffmanTable[] tables;

  /** Blocks, this one among them, whose bands bring nothing new: EOBRUN. */
  private int endOfBandRun;

  ProgressiveDecoder(JpegFile file, ScanHeader scan) throws JpegException {
    super(file);
    this.scan = scan;
    tables = new HuffmanTable[scan.components().length];
    for (int i = 0; i < tables.length; i++) {
      if (scan.first() > 0) {
        tables[i] = file.tables().ac(scan.acTables()[i], file.frame());
      } else if (scan.high() == 0) {
        tables[i] = file.tables().dc(scan.dcTables()[i], file.frame());
      }
    }
  }

  @Override
  void resetPredictions() {
    Arrays.fill(predictions, 0);
    endOfBandRun = 0;
  }

  /**
   * Decodes what the scan brings of a block.
   *
   * @param component its number in the scan
   * @param values where it is stored, from {@code at} on
   */
  void read(int component, short[] values, int at) {
    if (scan.first() == 0) {
      if (scan.high() == 0) {
        dcFirst(component, values, at);
      } else if (in.bit()) {
        values[at] |= (short) (1 << scan.low());
      }
    } else if (scan.high() == 0) {
      acFirst(values, at);
    } else {
      acRefine(values, at);
    }
  }

  private void dcFirst(int component, short[] values, int at) {
    int size = in.symbol(tables[component]);
    predictions[component] += BitReader.extend(in.bits(size), size);
    values[at] = (short) (predictions[component] << scan.low());
  }

  private void acFirst(short[] values, int at) {
    if (endOfBandRun > 0) {
      endOfBandRun--;
      return;
    }
    int k = scan.first();
    while (k <= scan.last()) {
      int symbol = in.symbol(tables[0]);
      int run = symbol >> 4;
      int size = symbol & 15;
      if (size > 0) {
        k += run;
        int value = BitReader.extend(in.bits(size), size);
        values[at + Zigzag.PLACES[k]] = (short) (value << scan.low());
        k++;
      } else if (run == 15) {
        k += 16;
      } else {
        endOfBandRun = (1 << run) + in.bits(run) - 1;
        return;
      }
    }
  }

  private void acRefine(short[] values, int at) {
    int k = scan.first();
    while (k <= scan.last() && endOfBandRun == 0) {
      int symbol = in.symbol(tables[0]);
      int run = symbol >> 4;
      int value = 0;
      if ((symbol & 15) > 0) {
        if ((symbol & 15) > 1) {
          in.countBadCode();
        }
        value = in.bit() ? 1 << scan.low() : -1 << scan.low();
      } else if (run < 15) {
        endOfBandRun = (1 << run) + in.bits(run);
        break;
      }
      k = refine(values, at, k, run);
      if (value != 0) {
        values[at + Zigzag.PLACES[k]] = (short) value;
      }
      k++;
    }
    if (endOfBandRun > 0) {
      refine(values, at, k, Zigzag.COUNT);
      endOfBandRun--;
    }
  }

  /**
   * Appends a bit to the coefficients that are not zero.
   *
   * @param from where in zigzag order
   * @param zeros how many zeros to pass over
   * @return the place of the zero after them, or the one behind the band
   */
  private int refine(short[] values, int at, int from, int zeros) {
    int bit = 1 << scan.low();
    int left = zeros;
    int k = from;
    for (; k <= scan.last(); k++) {
      int place = at + Zigzag.PLACES[k];
      int value = values[place];
      if (value == 0) {
        if (left == 0) {
          break;
        }
        left--;
      } else if (in.bit() && (value & bit) == 0) {
        values[place] = (short) (value > 0 ? value + bit : value - bit);
      }
    }
    return k;
  }
}
