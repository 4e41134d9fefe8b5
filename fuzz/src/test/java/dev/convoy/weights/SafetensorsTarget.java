package dev.convoy.weights;

import dev.convoy.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A file of weights, all of its tensors. */
public final class SafetensorsTarget implements FuzzTarget {
  /** Creates the target. */
  public SafetensorsTarget() {}

  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(
        out,
        Map.of("format", "pt", "classes", "[\"a\", \"b\"]"),
        List.of(
            new NamedTensor("conv1.weight", new int[] {2, 1, 2, 2}, new float[8]),
            new NamedTensor("fc.bias", new int[] {3}, new float[] {1, 2, 3})));
    return List.of(
        out.toByteArray(),
        file(
            "{\"__metadata__\":null,\"a\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]},"
                + "\"c.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[16,24]}}",
            24));
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[Safetensors.PREFIX_BYTES + json.length + dataBytes];
    Safetensors.littleEndian(file).putLong(json.length).put(json);
    return file;
  }

  @Override
  public void read(byte[] input) throws IOException {
    SafetensorsFile file = Safetensors.read(new ByteArrayInputStream(input), WHERE);
    file.tensors();
    file.conversions();
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(SafetensorsException.class);
  }

  @Override
  public String named() {
    return WHERE;
  }
}
