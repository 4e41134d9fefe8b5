package dev.convoy.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The safetensors format (https://github.com/huggingface/safetensors), little-endian throughout.
 *
 * <pre>
 *   0        8                                8+N
 *   +--------+--------------------------------+---------+---------+-- - - --+---------+
 *   | N: u64 | header: JSON, UTF-8, N bytes,  | tensor  | tensor  |         | tensor  |
 *   |        | padded with spaces to 8 bytes  | bytes   | bytes   |         | bytes   |
 *   +--------+--------------------------------+---------+---------+-- - - --+---------+
 *                                             0 &lt;- data_offsets are counted from here
 *
 *   header = { "__metadata__": { "key": "text", ... },
 *              "conv1.weight": { "dtype": "F32", "shape": [6, 1, 5, 5], "data_offsets": [0, 600] },
 *              ... }
 * </pre>
 *
 * <p>The tensors' bytes lie one after the other without gap or overlap. The bytes written are a
 * pure function of what is written: tensors in the order given, metadata sorted by key.
 */
public final class Safetensors {
  static final String METADATA = "__metadata__";

  /** The largest header that the format's own implementation accepts. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  static final int PREFIX_BYTES = Long.BYTES;
  private static final int CHUNK_BYTES = 1 << 16;

  private Safetensors() {}

  /**
   * Writes a whole file; the stream is flushed, and stays open.
   *
   * @param metadata free text by key; left out of the file when empty
   * @param tensors in the order of their bytes; names are unique
   */
  public static void write(
      OutputStream out, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    byte[] header = header(metadata, tensors);
    byte[] chunk = new byte[CHUNK_BYTES];
    littleEndian(chunk).putLong(header.length);
    out.write(chunk, 0, PREFIX_BYTES);
    out.write(header);
    for (NamedTensor tensor : tensors) {
      writeValues(out, tensor.values(), chunk);
    }
    out.flush();
  }

  /**
   * Reads a whole file into memory and checks everything that the header says; the stream stays
   * open.
   *
   * @param where what the stream is, for error messages: its path
   * @throws SafetensorsException for a file that is truncated or contradicts itself
   */
  public static SafetensorsFile read(InputStream in, String where) throws IOException {
    return SafetensorsFile.read(in, where);
  }

  /**
   * Writes a file, which appears whole or not at all.
   *
   * @param metadata free text by key; left out of the file when empty
   * @param tensors in the order of their bytes; names are unique
   */
  public static void write(Path file, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        write(out, metadata, tensors);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Reads a file into memory.
   *
   * @throws SafetensorsException for a file that is truncated or contradicts itself
   */
  public static SafetensorsFile read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  private static void writeValues(OutputStream out, float[] values, byte[] chunk)
      throws IOException {
    FloatBuffer floats = littleEndian(chunk).asFloatBuffer();
    for (int from = 0; from < values.length; from += floats.capacity()) {
      int count = Math.min(floats.capacity(), values.length - from);
      floats.put(0, values, from, count);
      out.write(chunk, 0, count * Float.BYTES);
    }
  }

  private static byte[] header(Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      Set<String> names = new HashSet<>();
      long offset = 0;
      for (NamedTensor tensor : tensors) {
        if (tensor.name().equals(METADATA) || !names.add(tensor.name())) {
          throw new IllegalArgumentException(
              "the tensor name " + tensor.name() + " is reserved or used twice");
        }
        offset = writeEntry(json, tensor, offset);
      }
      json.writeEndObject();
    }
    while (bytes.size() % 8 != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  /** Writes one tensor's entry and returns the offset of the byte after its values. */
  private static long writeEntry(JsonGenerator json, NamedTensor tensor, long offset)
      throws IOException {
    long end = offset + (long) tensor.values().length * Float.BYTES;
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", "F32");
    json.writeFieldName("shape");
    json.writeArray(tensor.shape(), 0, tensor.shape().length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {offset, end}, 0, 2);
    json.writeEndObject();
    return end;
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
