/** The binary versions of CIFAR-10 and CIFAR-100, unpacked. */
package dev.convoy.data.source.cifar;
