/** What a configuration can choose by name. Knows no other package. */
package dev.convoy.registry;
