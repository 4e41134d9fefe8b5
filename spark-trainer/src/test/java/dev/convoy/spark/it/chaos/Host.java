package dev.convoy.spark.it.chaos;

import java.util.List;

/**
 * A machine of the cluster, or what stands for one.
 *
 * @param address what its processes listen on
 * @param enter the words before a command that let it run there
 */
record Host(String name, String address, List<String> enter) {}
