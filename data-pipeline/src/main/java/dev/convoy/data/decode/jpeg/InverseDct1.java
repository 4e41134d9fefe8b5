package dev.convoy.data.decode.jpeg;

/** A sample a block: the mean of its 64, which is the first coefficient divided by 8. */
final class InverseDct1 implements InverseDct {
  @Override
  public void transform(Block block, byte[] samples, int at, int stride) {
    // In 10 bits, which libjpeg keeps of it; only corrupt data have more.
    int mean = (block.values[0] + 4) >> 3 << 22 >> 22;
    samples[at] = InverseDct.sample(mean);
  }
}
