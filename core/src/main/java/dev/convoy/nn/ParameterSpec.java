package dev.convoy.nn;

/**
 * What a layer asks for: a parameter that has no place yet.
 *
 * @param name after the layer's: {@code weight} or {@code bias}
 * @param shape as torch has it
 * @param packing into the kernels' layout
 * @param initializer of each element
 * @param trainable how many elements are trained; fewer than all where connections are missing
 */
record ParameterSpec(
    String name, int[] shape, Packing packing, Initializer initializer, int trainable) {

  static ParameterSpec of(String name, int[] shape, Packing packing, Initializer initializer) {
    return new ParameterSpec(name, shape, packing, initializer, packing.count());
  }
}
