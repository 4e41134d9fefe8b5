package dev.convoy.data.decode.jpeg;

import dev.convoy.data.Region;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Rows of red, green and blue of the planes of all components. */
final class RgbRows implements JpegRows {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final JpegColour colour;
  private final int top;
  private final int width;
  private final Upsampler[] components;
  private final int[][] samples;
  private final int[][] rgb;
  private final int[] even;
  private final int[] odd;

  /** Makes the rows of a region that the planes cover. */
  RgbRows(JpegColour colour, Plane[] planes, Region region) {
    this.colour = colour;
    top = region.top();
    width = region.width();
    components = new Upsampler[planes.length];
    for (int c = 0; c < planes.length; c++) {
      components[c] = Upsampler.of(planes[c], region.left(), region.left() + width);
    }
    samples = new int[planes.length][];
    int half = (width + 1) / 2;
    rgb = new int[3][half];
    even = new int[half];
    odd = new int[half];
  }

  @Override
  public void read(int row, byte[] into, int first) {
    for (int c = 0; c < components.length; c++) {
      components[c].row(top + row);
      samples[c] = components[c].even();
    }
    colour.convert(samples, rgb);
    join(rgb[0], rgb[1], rgb[2], even);
    for (int c = 0; c < components.length; c++) {
      samples[c] = components[c].odd();
    }
    colour.convert(samples, rgb);
    join(rgb[0], rgb[1], rgb[2], odd);
    pack(even, odd, width, into, first);
  }

  private static void join(int[] red, int[] green, int[] blue, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = red[i] | green[i] << 8 | blue[i] << 16;
    }
  }

  /** Packs four pixels of three bytes into three numbers of four bytes. */
  private static void pack(int[] even, int[] odd, int width, byte[] into, int first) {
    int at = first;
    int i = 0;
    for (; i < width / 4 * 2; i += 2, at += 12) {
      int second = odd[i];
      int third = even[i + 1];
      INT.set(into, at, even[i] | second << 24);
      INT.set(into, at + 4, second >>> 8 | third << 16);
      INT.set(into, at + 8, third >>> 16 | odd[i + 1] << 8);
    }
    for (int x = 2 * i; x < width; x++, at += 3) {
      int pixel = ((x & 1) == 0 ? even : odd)[x >> 1];
      into[at] = (byte) pixel;
      into[at + 1] = (byte) (pixel >> 8);
      into[at + 2] = (byte) (pixel >> 16);
    }
  }
}
