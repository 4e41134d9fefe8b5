package dev.convoy.testing;

import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.reference.ReferenceKernels;
import java.util.ArrayList;
import java.util.List;

/** The list of kernels that every contract is tested with. A new implementation is one name. */
public final class Implementations {
  private static final List<String> FAST = List.of("vector");

  private Implementations() {}

  /** What is held to the scalar twin's bits. */
  public static List<Kernels> fast() {
    return FAST.stream().map(name -> KernelChoice.of(name).kernels()).toList();
  }

  /** The scalar twin. */
  public static Kernels scalar() {
    return new ReferenceKernels();
  }

  /** The scalar twin and all others. */
  public static List<Kernels> all() {
    List<Kernels> all = new ArrayList<>(fast());
    all.add(0, scalar());
    return all;
  }

  /** Names of all of them. */
  public static List<String> names() {
    return all().stream().map(Kernels::name).toList();
  }
}
