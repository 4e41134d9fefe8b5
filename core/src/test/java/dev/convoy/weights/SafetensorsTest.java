package dev.convoy.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Locale;
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
      assertEquals(tensor, file.floats(tensor.name()));
    }
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
        "{\"__metadata__\":[1]}|__metadata__ in its header is START_ARRAY",
        "{\"__metadata__\":{},\"__metadata__\":{}}|twice",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|shape of a",
        "{\"a\":|not valid JSON",
        "{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|has an empty name",
      })
  void aHeaderThatContradictsItselfIsRefused(String header, String message) {
    assertRefused(file(header, "0000803f000000c0"), message);
  }

  @Test
  void aHeaderThatLooksLikeTextOf32BitsIsRefused() {
    byte[] file = file("{   }   ", "");
    file[Safetensors.PREFIX_BYTES + 1] = 0;
    file[Safetensors.PREFIX_BYTES + 2] = 0;
    file[Safetensors.PREFIX_BYTES + 3] = 0;
    assertRefused(file, "not text");
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

  @ParameterizedTest
  @CsvSource({
    "F16,003c,1",
    "F16,00c0,-2",
    "F16,ff7b,65504",
    "F16,0100,5.9604645E-8",
    "F16,ff03,6.097555E-5",
    "F16,0004,6.1035156E-5",
    "F16,0080,-0.0",
    "F16,007c,Infinity",
    "F16,00fc,-Infinity",
    "F16,017e,NaN",
    "F16,5535,0.33325195",
    "BF16,803f,1",
    "BF16,00c0,-2",
    "BF16,7f7f,3.3895314E38",
    "BF16,0100,9.18355E-41",
    "BF16,807f,Infinity",
    "BF16,c17f,NaN",
    "F64,000000000000f03f,1",
    "F64,9a9999999999b93f,0.1",
    "F64,0000000000006066,Infinity"
  })
  void otherFloatsBecomeTheNearestOfThirtyTwoBits(String type, String bytes, float value)
      throws IOException {
    int length = bytes.length() / 2;
    String header =
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}",
            type,
            length);
    SafetensorsFile file = read(file(header, bytes));
    assertEquals(value, file.floats("a").values()[0]);
    assertEquals(
        List.of(
            "1 of its tensors are of type %s and become float32, %s"
                .formatted(type, type.equals("F64") ? "rounded to the nearest" : "exactly")),
        file.conversions());
  }

  /** Every half but the NaNs is what its bits say: sign, 2^exponent and a fraction of 2^10ths. */
  @Test
  void everyHalfIsExact() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      if (exponent < 31) {
        double magnitude =
            exponent == 0
                ? Math.scalb((double) fraction, -24)
                : Math.scalb(1024.0 + fraction, exponent - 25);
        assertEquals(bits >> 15 == 0 ? magnitude : -magnitude, FloatType.ofHalf((short) bits));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"__metadata__\":null}|{}",
        "{\"__metadata__\":{}}|{}",
        "{\"__metadata__\":{\"a\":1,\"b\":true,\"c\":null,\"d\":\"x\"}}|{a=1, b=true, d=x}",
        "{\"__metadata__\":{\"a\":[1,{}],\"b\":{\"c\":2},\"d\":0.5}}|{d=0.5}",
      })
  void metadataThatAreNoTextsAreTakenAsTextsOrPassedOver(String header, String metadata)
      throws IOException {
    assertEquals(metadata, read(file(header, "")).metadata().toString());
  }

  @Test
  void anotherKindOfFileIsToldByItsFirstBytes() {
    assertRefusedAs("a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\nsize 5\n");
    assertRefusedAs("a ZIP archive, as torch.save writes them", "PK\3\4 and so on");
    assertRefusedAs("a Python pickle", "\u0080\2}q\0 and so on");
    assertRefusedAs("an HDF5 file", "\u0089HDF\r\n\u001a\n and so on");
    assertRefusedAs("a GGUF file", "GGUF\3\0\0\0 and so on");
    assertRefusedAs("probably an ONNX model", "\b\7\u0012\7pytorch and so on");
    assertRefusedAs("a web page", " <!DOCTYPE html><html>");
    assertRefusedAs("a web page", "\u00ef\u00bb\u00bf\n<HTML><body>");
    assertRefusedAs("XML or a web page", "<Error><Code>AccessDenied</Code></Error>");
    assertRefusedAs("the index of weights that lie in several files", "{\"weight_map\":{}}");
    assertRefusedAs("JSON text", "{\"architectures\":[\"ResNet\"]}");
    assertRefusedAs("compressed by gzip", "\u001f\u008b\b\0\0\0\0\0 and so on");
    assertRefusedAs("a tar archive", "x".repeat(257) + "ustar");
    assertRefusedAs("text", "404: Not Found");
    assertRefusedAs("empty", "");
  }

  private static void assertRefusedAs(String kind, String content) {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), "safetensors file: it is " + kind);
  }

  @Test
  void whatStandsBeforeAllNamesIsTold() {
    assertEquals("module.", TensorPrefix.of(List.of("module.a.weight", "module.b")));
    assertEquals("_orig_mod.module.", TensorPrefix.of(List.of("_orig_mod.module.a")));
    assertEquals("", TensorPrefix.of(List.of("module.a", "b")));
    assertEquals("", TensorPrefix.of(List.of("features.0.weight", "features.0.bias")));
    assertEquals("", TensorPrefix.of(List.of()));
    assertEquals("", TensorPrefix.of(List.of("model.")));
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
