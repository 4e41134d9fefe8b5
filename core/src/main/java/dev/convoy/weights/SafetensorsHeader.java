package dev.convoy.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The JSON header of a safetensors file, parsed and checked; drawn in {@link Safetensors}. */
final class SafetensorsHeader {
  /** Bytes of one element; the size of tensors of other types is not checked. */
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("F32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I64", 8),
          Map.entry("I32", 4),
          Map.entry("I16", 2),
          Map.entry("I8", 1),
          Map.entry("U64", 8),
          Map.entry("U32", 4),
          Map.entry("U16", 2),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  /** One tensor's entry; its bytes are [begin, end) of the data. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Tensor(String name, String type, int[] shape, long begin, long end) {
    long byteLength() {
      return end - begin;
    }
  }

  private final String where;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  private SafetensorsHeader(String where) {
    this.where = where;
  }

  static SafetensorsHeader parse(byte[] json, String where) throws IOException {
    SafetensorsHeader header = new SafetensorsHeader(where);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      header.readFields(parser);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          where, "its header is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new SafetensorsException(where, "its header is not text: " + e.getMessage(), e);
    }
    header.checkLayout();
    return header;
  }

  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * Returns the tensors in the order of their bytes, which cover the data without gap or overlap.
   */
  List<Tensor> tensorsByOffset() {
    return Collections.unmodifiableList(tensors);
  }

  private void readFields(JsonParser parser) throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
    Set<String> names = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.isEmpty()) {
        throw problem("its header has an empty name");
      }
      if (!names.add(name)) {
        throw problem("its header has the name " + name + " twice");
      }
      JsonToken value = parser.nextToken();
      if (name.equals(Safetensors.METADATA)) {
        readMetadata(parser);
      } else {
        expect(value, JsonToken.START_OBJECT, name);
        tensors.add(readTensor(parser, name));
      }
    }
    if (parser.nextToken() != null) {
      throw problem("something follows the JSON object of its header");
    }
  }

  /**
   * Reads the metadata. The format allows strings only, but programs write numbers too, and null
   * for no metadata; lists and objects are skipped, because nothing uses them.
   */
  private void readMetadata(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser.currentToken(), JsonToken.START_OBJECT, Safetensors.METADATA);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value.isStructStart()) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        metadata.put(key, parser.getText());
      }
    }
  }

  private Tensor readTensor(JsonParser parser, String name) throws IOException {
    String type = null;
    long[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(value, JsonToken.VALUE_STRING, "dtype of " + name);
          type = parser.getText();
        }
        case "shape" -> shape = readLongs(parser, "shape of " + name);
        case "data_offsets" -> offsets = readLongs(parser, "data_offsets of " + name);
        default -> throw problem("tensor " + name + " has the unknown field " + field);
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw problem("tensor " + name + " lacks one of dtype, shape and data_offsets");
    }
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
      throw problem("tensor " + name + " has the offsets " + Arrays.toString(offsets));
    }
    if (offsets[1] - offsets[0] > Integer.MAX_VALUE - Long.BYTES) {
      throw problem("tensor " + name + " has more than the 2 GB that one tensor may have");
    }
    checkSize(name, type, shape, offsets[1] - offsets[0]);
    int[] extents = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return new Tensor(name, type, extents, offsets[0], offsets[1]);
  }

  private long[] readLongs(JsonParser parser, String what) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, what);
    List<Long> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
      values.add(parser.getLongValue());
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private void checkSize(String name, String type, long[] shape, long bytes)
      throws SafetensorsException {
    long elements = 1;
    for (long extent : shape) {
      if (extent < 0 || extent > Integer.MAX_VALUE) {
        throw problem("tensor " + name + " has the shape " + Arrays.toString(shape));
      }
      elements = Math.min(Integer.MAX_VALUE, elements * extent);
    }
    Integer elementBytes = ELEMENT_BYTES.get(type);
    if (elementBytes != null && elements * elementBytes != bytes) {
      throw problem(
          String.format(
              Locale.ROOT,
              "tensor %s of type %s and shape %s has %d bytes",
              name,
              type,
              Arrays.toString(shape),
              bytes));
    }
  }

  private void checkLayout() throws SafetensorsException {
    tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long expected = 0;
    for (Tensor tensor : tensors) {
      if (tensor.begin() != expected) {
        throw problem(
            String.format(
                Locale.ROOT,
                "tensor %s begins at byte %d of the data, but %s %d",
                tensor.name(),
                tensor.begin(),
                tensor.begin() < expected
                    ? "overlaps the one before, which ends at"
                    : "leaves a gap after the one before, which ends at",
                expected));
      }
      expected = tensor.end();
    }
  }

  private void expect(JsonToken found, JsonToken wanted, String what) throws SafetensorsException {
    if (found != wanted) {
      throw problem(String.format("%s in its header is %s where %s belongs", what, found, wanted));
    }
  }

  private SafetensorsException problem(String what) {
    return new SafetensorsException(where, what);
  }
}
