package dev.convoy.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final List<NamedTensor> SMALL =
      List.of(
          new NamedTensor("b", new int[] {2}, new float[] {1f, -2f}),
          new NamedTensor("a.weight", new int[] {}, new float[] {0.5f}),
          new NamedTensor("none", new int[] {0, 3}, new float[0]));

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    SafetensorsFile file = read(write(Map.of("step", "12", "näme", "ü\n"), SMALL));
    assertEquals(Map.of("step", "12", "näme", "ü\n"), file.metadata());
    assertEquals(List.of("b", "a.weight", "none"), List.copyOf(file.names()));
    for (NamedTensor tensor : SMALL) {
      assertTrue(file.contains(tensor.name()));
      assertEquals(tensor, file.floats(tensor.name()));
    }
    assertFalse(file.contains("c"));
  }

  @Test
  void theBytesAreTheFormats() throws IOException {
    String header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    byte[] expected = file(header + " ".repeat(2), "0000803f000000c0");
    byte[] written = write(Map.of(), SMALL.subList(0, 1));
    assertArrayEquals(expected, written);
    assertEquals(
        "38000000000000007b2262223a7b226474797065223a22463332222c227368617065223a5b325d2c"
            + "22646174615f6f666673657473223a5b302c385d7d7d20200000803f000000c0",
        HexFormat.of().formatHex(written));
  }

  @Property(tries = 100)
  void anyTensorsSurvive(@ForAll @Size(max = 5) List<float[]> values) throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (float[] each : values) {
      tensors.add(new NamedTensor("t" + tensors.size(), new int[] {1, each.length}, each));
    }
    SafetensorsFile file = read(write(Map.of(), tensors));
    assertEquals(tensors.size(), file.names().size());
    for (NamedTensor tensor : tensors) {
      assertEquals(tensor, file.floats(tensor.name()));
    }
  }

  @Test
  void aTensorLargerThanTheWritersChunkSurvives() throws IOException {
    float[] values = new float[40_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.25f;
    }
    NamedTensor large = new NamedTensor("large", new int[] {values.length}, values);
    assertEquals(large, read(write(Map.of(), List.of(large))).floats("large"));
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = write(Map.of("k", "v"), SMALL);
    for (int length = 0; length < whole.length; length++) {
      byte[] truncated = Arrays.copyOf(whole, length);
      SafetensorsException e = assertThrows(SafetensorsException.class, () -> read(truncated));
      assertTrue(e.getMessage().startsWith("here.safetensors "), e.getMessage());
    }
  }

  @Test
  void trailingBytesAreNoticed() throws IOException {
    byte[] whole = write(Map.of(), SMALL);
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "bytes follow its last tensor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|the header in its header is START_ARRAY",
        "{} {}|something follows",
        "{\"a\":1}|a in its header is VALUE_NUMBER_INT",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}|lacks one of",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}|unknown field x",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|offsets [4, 0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}|offsets [-4, 0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|has 4 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|shape [-1]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,1],\"data_offsets\":[0,4]}}|shape [42",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|leaves a gap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}|overlaps",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}|ends after 8 of the 12",
        "{\"a\":{\"dtype\":\"X\",\"shape\":[1],\"data_offsets\":[0,9000000000]}}|more than the 2 GB",
        "{\"a\":{},\"a\":{}}|lacks one of",
        "{\"__metadata__\":{\"k\":1}}|metadata k",
        "{\"__metadata__\":{},\"__metadata__\":{}}|twice",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|shape of a",
        "{\"a\":|not valid JSON",
      })
  void aHeaderThatContradictsItselfIsRefused(String header, String message) {
    assertRefused(file(header, "0000803f000000c0"), message);
  }

  @Test
  void anOversizedHeaderIsRefusedBeforeItIsRead() {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) 0xff);
    assertRefused(
        bytes, "its header claims 18446744073709551615 bytes, allowed are 2 to 100000000");
  }

  @Test
  void otherTypesAreCarriedAndRefusedOnlyWhenAskedFor() throws IOException {
    String header =
        "{\"labels\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"odd\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[8,10]}}";
    SafetensorsFile file = read(file(header, "07000000000000000102"));
    assertArrayEquals(new long[] {7}, file.longs("labels"));
    assertMessage(
        assertThrows(SafetensorsException.class, () -> file.floats("odd")),
        "tensor odd is of type F4, needed is F32");
    assertMessage(
        assertThrows(SafetensorsException.class, () -> file.longs("x")), "it has no tensor x");
  }

  /** torchvision's files have one for each batch normalization. */
  @Test
  void countsOfBatchesAreNotAmongTheTensors() throws IOException {
    String header =
        "{\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"bn1.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
    SafetensorsFile file = read(file(header, "070000000000000000000000"));
    assertEquals(List.of(new NamedTensor("bn1.bias", new int[] {1}, new float[1])), file.tensors());
  }

  @Test
  void namesThatTheFormatCannotHoldAreRefusedByTheWriter() {
    NamedTensor reserved = new NamedTensor("__metadata__", new int[] {0}, new float[0]);
    assertThrows(IllegalArgumentException.class, () -> write(Map.of(), List.of(reserved)));
    assertThrows(
        IllegalArgumentException.class, () -> write(Map.of(), List.of(SMALL.get(0), SMALL.get(0))));
  }

  @Test
  void aTensorWhoseShapeDoesNotFitIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new NamedTensor("a", new int[] {2, 2}, new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> new NamedTensor("a", new int[] {-1}, new float[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NamedTensor("a", new int[] {65536, 65536}, new float[0]));
  }

  private static void assertRefused(byte[] file, String message) {
    assertMessage(assertThrows(SafetensorsException.class, () -> read(file)), message);
  }

  private static void assertMessage(Exception e, String message) {
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static SafetensorsFile read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), "here.safetensors");
  }

  private static byte[] write(Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, metadata, tensors);
    return out.toByteArray();
  }

  private static byte[] file(String header, String dataHex) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] data = HexFormat.of().parseHex(dataHex);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }
}
