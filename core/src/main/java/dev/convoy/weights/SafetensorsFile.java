package dev.convoy.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A safetensors file that was read whole, see {@link Safetensors}. A tensor's bytes are kept as
 * they are and decoded on demand, so tensors of other types do no harm unless they are asked for.
 */
public final class SafetensorsFile {
  private static final String BATCH_COUNT = ".num_batches_tracked";

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Entry(SafetensorsHeader.Tensor description, byte[] bytes) {}

  private final String where;
  private final Map<String, String> metadata;
  private final Map<String, Entry> entries;

  private SafetensorsFile(String where, Map<String, String> metadata, Map<String, Entry> entries) {
    this.where = where;
    this.metadata = metadata;
    this.entries = entries;
  }

  static SafetensorsFile read(InputStream file, String where) throws IOException {
    byte[] first = file.readNBytes(FileSignature.BYTES);
    boolean opens = first.length > Safetensors.PREFIX_BYTES;
    if (!opens || first[Safetensors.PREFIX_BYTES] != '{') {
      Optional<String> other = FileSignature.of(first);
      if (other.isPresent()) {
        throw new SafetensorsException(where, "it is " + other.get());
      }
    }
    return parse(new SequenceInputStream(new ByteArrayInputStream(first), file), where);
  }

  private static SafetensorsFile parse(InputStream in, String where) throws IOException {
    byte[] prefix = in.readNBytes(Safetensors.PREFIX_BYTES);
    if (prefix.length < Safetensors.PREFIX_BYTES) {
      throw new SafetensorsException(
          where, "it ends after " + prefix.length + " bytes, before the length of its header");
    }
    long length = Safetensors.littleEndian(prefix).getLong();
    if (length < 2 || length > Safetensors.MAX_HEADER_BYTES) {
      throw new SafetensorsException(
          where,
          String.format(
              Locale.ROOT,
              "its header claims %s bytes, allowed are 2 to %d",
              Long.toUnsignedString(length),
              Safetensors.MAX_HEADER_BYTES));
    }
    byte[] json = in.readNBytes((int) length);
    if (json.length < length) {
      throw new SafetensorsException(
          where,
          String.format(
              Locale.ROOT, "it ends after %d of its header's %d bytes", json.length, length));
    }
    SafetensorsHeader header = SafetensorsHeader.parse(json, where);
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (SafetensorsHeader.Tensor tensor : header.tensorsByOffset()) {
      // readNBytes grows its buffer as bytes arrive: a header that lies cannot exhaust the memory.
      byte[] bytes = in.readNBytes((int) tensor.byteLength());
      if (bytes.length < tensor.byteLength()) {
        throw new SafetensorsException(
            where,
            String.format(
                Locale.ROOT,
                "it ends after %d of the %d bytes of tensor %s",
                bytes.length,
                tensor.byteLength(),
                tensor.name()));
      }
      entries.put(tensor.name(), new Entry(tensor, bytes));
    }
    if (in.read() >= 0) {
      throw new SafetensorsException(where, "bytes follow its last tensor");
    }
    return new SafetensorsFile(where, header.metadata(), entries);
  }

  /** Returns the free text of the header, by key; empty when there is none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Returns the tensors' names, in the order of their bytes. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Returns every tensor, in the order of the file, except torch's counts of batches ({@code
   * num_batches_tracked}): integers that are not needed where the momentum of running statistics is
   * constant.
   *
   * @throws SafetensorsException if one of them has no floating-point type
   */
  public List<NamedTensor> tensors() throws SafetensorsException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (String name : names()) {
      if (!name.endsWith(BATCH_COUNT)) {
        tensors.add(floats(name));
      }
    }
    return tensors;
  }

  /**
   * Returns a tensor of type F32, F16, BF16 or F64 as float32: exactly for the first three, rounded
   * to the nearest value for the last.
   *
   * @throws SafetensorsException if there is none of that name, or it is of another type
   */
  public NamedTensor floats(String name) throws SafetensorsException {
    Entry entry = entry(name);
    Optional<FloatType> type = FloatType.named(entry.description().type());
    if (type.isEmpty()) {
      throw wrongType(entry, "F32, F16, BF16 or F64");
    }
    return new NamedTensor(name, entry.description().shape(), type.get().decode(entry.bytes()));
  }

  /** Returns sentences on the tensors that {@link #floats} converts; none if all are float32. */
  public List<String> conversions() {
    Map<FloatType, Integer> counts = new EnumMap<>(FloatType.class);
    for (Entry entry : entries.values()) {
      FloatType.named(entry.description().type())
          .filter(type -> type != FloatType.F32)
          .ifPresent(type -> counts.merge(type, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .map(
            count ->
                String.format(
                    Locale.ROOT,
                    "%,d of its tensors are of type %s and become float32, %s",
                    count.getValue(),
                    count.getKey(),
                    count.getKey().exact() ? "exactly" : "rounded to the nearest"))
        .toList();
  }

  /**
   * Returns the elements of a tensor of type I64, row-major.
   *
   * @throws SafetensorsException if there is none of that name, or it is of another type
   */
  public long[] longs(String name) throws SafetensorsException {
    Entry entry = entry(name);
    if (!entry.description().type().equals("I64")) {
      throw wrongType(entry, "I64");
    }
    long[] values = new long[entry.bytes().length / Long.BYTES];
    Safetensors.littleEndian(entry.bytes()).asLongBuffer().get(values);
    return values;
  }

  private Entry entry(String name) throws SafetensorsException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new SafetensorsException(where, "it has no tensor " + name);
    }
    return entry;
  }

  private SafetensorsException wrongType(Entry entry, String needed) {
    return new SafetensorsException(
        where,
        String.format(
            Locale.ROOT,
            "tensor %s is of type %s, needed is %s",
            entry.description().name(),
            entry.description().type(),
            needed));
  }
}
