package dev.convoy.fuzz;

import dev.convoy.data.DataException;
import dev.convoy.data.Dataset;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.idx.IdxFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * MNIST's two files, one of which is broken.
 *
 * @param images whether it is the one of the images
 */
record IdxTarget(boolean images) implements FuzzTarget {
  private static final Configuration HADOOP = MemoryFileSystem.configuration();
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @Override
  public String name() {
    return images ? "idx-images" : "idx-labels";
  }

  private static byte[] wholeImages() {
    return ByteBuffer.allocate(16 + 3 * 4).putInt(0x803).putInt(3).putInt(2).putInt(2).array();
  }

  private static byte[] wholeLabels() {
    return ByteBuffer.allocate(8 + 3).putInt(0x801).putInt(3).array();
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    byte[] plain = images ? wholeImages() : wholeLabels();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return List.of(plain, packed.toByteArray());
  }

  @Override
  public void read(byte[] input) throws IOException {
    MemoryFileSystem.clear();
    MemoryFileSystem.put(IMAGES, images ? input : wholeImages());
    MemoryFileSystem.put(LABELS, images ? wholeLabels() : input);
    try (Dataset dataset = new IdxFormat().open(HADOOP, MemoryFileSystem.FOLDER, Split.TRAIN)) {
      Sample sample = new Sample();
      for (int i = 0; i < dataset.size(); i++) {
        dataset.read(i, sample);
      }
    }
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(DataException.class);
  }

  @Override
  public String named() {
    return images ? IMAGES : LABELS;
  }
}
