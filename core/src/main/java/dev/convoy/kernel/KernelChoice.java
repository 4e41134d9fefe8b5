package dev.convoy.kernel;

import dev.convoy.kernel.reference.ReferenceKernels;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * The kernels that a configuration asks for, and why they were chosen. The vector kernels are
 * looked up by name, because a JVM without the incubator module cannot even load them.
 *
 * @param kernels the implementation
 * @param reason one line for the log
 */
public record KernelChoice(Kernels kernels, String reason) {
  /** The setting that a JVM needs for the vector kernels. */
  public static final String REQUIRED_SETTING = "--add-modules jdk.incubator.vector";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "dev.convoy.kernel.vector.VectorKernels";

  /** Returns the values of {@code kernel.implementation}. */
  public static List<String> names() {
    return List.of("vector", "scalar");
  }

  /**
   * Chooses the vector kernels if this JVM can run them, and otherwise the scalar ones, which are
   * slow and give the same bits.
   */
  public static KernelChoice available() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? of("vector")
        : explain(
            new ReferenceKernels(true),
            "the faster vector kernels need the JVM setting '%s'".formatted(REQUIRED_SETTING));
  }

  /** Chooses as {@link #of(String, boolean)} does, with Winograd's convolutions. */
  public static KernelChoice of(String implementation) {
    return of(implementation, true);
  }

  /**
   * Chooses by the values of {@code kernel.implementation} and {@code kernel.winograd}.
   *
   * @throws IllegalStateException if the JVM lacks what the vector kernels need
   * @throws IllegalArgumentException if there is no such implementation
   */
  public static KernelChoice of(String implementation, boolean winograd) {
    return switch (implementation) {
      case "scalar" ->
          explain(new ReferenceKernels(winograd), "asked for by kernel.implementation");
      case "vector" -> explain(vector(winograd), "the module " + MODULE + " is there" + slower());
      default ->
          throw new IllegalArgumentException(
              "kernel.implementation = %s is unknown; allowed are vector and scalar"
                  .formatted(implementation));
    };
  }

  private static String slower() {
    List<String> missing = RecommendedJvmOptions.missing();
    return missing.isEmpty()
        ? ""
        : "; they would be faster with the JVM settings " + String.join(" ", missing);
  }

  private static KernelChoice explain(Kernels kernels, String why) {
    return new KernelChoice(
        kernels,
        "kernels: %s (%s), because %s".formatted(kernels.name(), kernels.description(), why));
  }

  private static Kernels vector(boolean winograd) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new IllegalStateException(
          "the vector kernels need the JVM setting '%s' (in Spark: spark.driver.extraJavaOptions and spark.executor.extraJavaOptions); set it, or set kernel.implementation = scalar"
              .formatted(REQUIRED_SETTING));
    }
    try {
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(Kernels.class)
          .getDeclaredConstructor(boolean.class)
          .newInstance(winograd);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the vector kernels cannot start: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the vector kernels are not on the class path", e);
    }
  }
}
