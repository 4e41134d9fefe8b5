package dev.convoy.spark.kryo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.convoy.data.Account;
import dev.convoy.data.prepare.PrepareTask;
import dev.convoy.spark.cluster.ExecutorTask;
import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.telemetry.TelemetryMessage;
import dev.convoy.spark.train.JobSecret;
import dev.convoy.train.VirtualNodeStatistics;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through Spark's own serializer, set as Convoy sets it. */
class ConvoyRegistratorTest {
  /** What Spark is given: whatever implements these, with all that it holds and returns. */
  private static final List<Class<?>> KINDS =
      List.of(ExecutorTask.class, PrepareTask.class, TelemetryMessage.class);

  static List<Object> samples() {
    return TravelSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatArrivesIsWhatWasSent(Object sample) {
    assertEquals(parts(sample), parts(Travel.through(sample)));
  }

  @Test
  void everyRegisteredClassOfConvoysIsAmongTheSamples() {
    Set<Class<?>> seen = new LinkedHashSet<>();
    samples().forEach(sample -> collect(sample, seen));
    Set<Class<?>> expected = new LinkedHashSet<>(ConvoyRegistrator.RECORDS);
    expected.addAll(ConvoyRegistrator.ENUMS);
    expected.add(ConvoyConfig.class);
    expected.add(Account.class);
    expected.removeAll(seen);
    assertEquals(Set.of(), expected, "add a sample to TravelSamples");
  }

  @Test
  void whateverSparkIsGivenIsRegisteredWithAllThatItHoldsAndReturns() {
    JavaClasses convoy =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.convoy");
    Set<Class<?>> reached = new LinkedHashSet<>();
    for (Class<?> kind : KINDS) {
      List<Class<?>> implementations =
          convoy.stream()
              .filter(type -> type.isAssignableTo(kind) && !type.isInterface())
              .<Class<?>>map(type -> type.reflect())
              .toList();
      assertFalse(implementations.isEmpty(), kind.getName());
      implementations.forEach(implementation -> reach(implementation, reached));
    }
    var registered = Travel.SERIALIZER.newKryo().getClassResolver();
    Set<String> missing =
        reached.stream()
            .filter(type -> registered.getRegistration(type) == null)
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing, "add a line to ConvoyRegistrator for each");
    assertTrue(reached.containsAll(List.of(HadoopSettings.class, VirtualNodeStatistics.class)));
  }

  @Test
  void aClassThatNobodyRegisteredIsRefused() {
    record Unregistered(int value) {}
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> Travel.through(new Unregistered(1)));
    assertTrue(refused.getMessage().contains("Class is not registered"), refused.getMessage());
  }

  @Test
  void neitherTheSecretNorTheCredentialsOfAStoreArePrinted() {
    byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    String printed =
        new JobSecret("app", secret, true)
            + " "
            + new HadoopSettings(Map.of("fs.s3a.secret.key", "credential"));
    assertFalse(printed.contains("credential") || printed.contains("[B"), printed);
  }

  /** A value and all that it holds in a form whose equality is that of every bit. */
  private static Object parts(Object value) {
    if (value instanceof Record record) {
      List<Object> parts = new ArrayList<>(List.of(record.getClass()));
      components(record).forEach(component -> parts.add(Optional.ofNullable(parts(component))));
      return parts;
    }
    if (value instanceof ConvoyConfig config) {
      return List.of(config.name(), config.render());
    }
    if (value instanceof float[] floats) {
      return IntStream.range(0, floats.length)
          .mapToObj(i -> Float.floatToRawIntBits(floats[i]))
          .toList();
    }
    if (value instanceof int[] ints) {
      return IntStream.of(ints).boxed().toList();
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  /** The classes of a value and of all that it holds. */
  private static void collect(Object value, Set<Class<?>> seen) {
    if (value instanceof Iterable<?> items) {
      items.forEach(item -> collect(item, seen));
    } else if (value instanceof Account account) {
      seen.add(Account.class);
      collect(account.reasons().values(), seen);
    } else if (value instanceof Enum<?> constant) {
      seen.add(constant.getDeclaringClass());
    } else if (value != null) {
      seen.add(value.getClass());
      if (value instanceof Record record) {
        components(record).forEach(component -> collect(component, seen));
      }
    }
  }

  private static Stream<Object> components(Record record) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.add(component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return values.stream();
  }

  /** Adds a type of Convoy's, what it is declared to hold and, of a task, to return. */
  private static void reach(Type type, Set<Class<?>> reached) {
    if (type instanceof ParameterizedType generic) {
      reach(generic.getRawType(), reached);
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds()).forEach(bound -> reach(bound, reached));
    } else if (type instanceof GenericArrayType array) {
      reach(array.getGenericComponentType(), reached);
    } else if (type instanceof Class<?> found && found.getName().startsWith("dev.convoy.")) {
      if (found.isSealed()) {
        Stream.of(found.getPermittedSubclasses()).forEach(permitted -> reach(permitted, reached));
      } else if (!found.isInterface() && reached.add(found) && found.isRecord()) {
        for (RecordComponent component : found.getRecordComponents()) {
          reach(component.getGenericType(), reached);
        }
        Stream.of(found.getGenericInterfaces())
            .filter(ParameterizedType.class::isInstance)
            .flatMap(itself -> Stream.of(((ParameterizedType) itself).getActualTypeArguments()))
            .forEach(result -> reach(result, reached));
      }
    }
  }
}
