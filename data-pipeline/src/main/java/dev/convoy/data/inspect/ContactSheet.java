package dev.convoy.data.inspect;

import dev.convoy.data.Dataset;
import dev.convoy.data.Pixels;
import dev.convoy.data.input.CorruptSample;
import dev.convoy.data.input.InputMaker;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;

/**
 * A picture of what a network sees: a row for each sample, a column for each epoch, with the very
 * random numbers that a run of that seed has.
 */
public final class ContactSheet {
  private static final int GAP = 4;
  private static final float WHITE = 255f;

  private final Dataset dataset;
  private final InputPipeline pipeline;
  private final long seed;

  /**
   * Creates a sheet of what a pipeline makes.
   *
   * @param pipeline without normalization, so that pixels are from 0 to 255
   */
  public ContactSheet(Dataset dataset, InputPipeline pipeline, long seed) {
    this.dataset = dataset;
    this.pipeline = pipeline;
    this.seed = seed;
  }

  /**
   * Draws the sheet.
   *
   * @param samples of the rows; a corrupt one is an empty row
   * @param epochs how many columns
   */
  public Pixels draw(int[] samples, int epochs) throws IOException {
    Shape cell = pipeline.output();
    Pixels sheet = new Pixels();
    int width = epochs * (cell.width() + GAP) + GAP;
    byte[] paper =
        sheet.begin(samples.length * (cell.height() + GAP) + GAP, width, cell.channels());
    Arrays.fill(paper, (byte) WHITE);
    InputMaker inputs = new InputMaker(dataset);
    float[] input = new float[cell.size()];
    for (int row = 0; row < samples.length; row++) {
      try {
        inputs.read(samples[row]);
        for (int epoch = 0; epoch < epochs; epoch++) {
          long key =
              CounterRandom.derive(CounterRandom.key(seed, RandomStream.AUGMENTATION), epoch);
          inputs.make(pipeline, key, input, 0);
          int top = GAP + row * (cell.height() + GAP);
          int left = GAP + epoch * (cell.width() + GAP);
          put(input, cell, paper, (top * width + left) * cell.channels(), width);
        }
      } catch (CorruptSample ignored) {
        // Cells without an image stay white.
      }
    }
    return sheet;
  }

  private static void put(float[] input, Shape cell, byte[] paper, int at, int width) {
    int row = cell.width() * cell.channels();
    for (int y = 0; y < cell.height(); y++) {
      for (int i = 0; i < row; i++) {
        float value = Math.max(0f, Math.min(WHITE, input[y * row + i]));
        paper[at + y * width * cell.channels() + i] = (byte) Math.round(value);
      }
    }
  }
}
