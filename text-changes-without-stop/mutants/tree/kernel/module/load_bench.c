// SPDX-License-Identifier: GPL-2.0
/*
 * What loading and unloading a module costs, from the bytes in the ramdisk to the freed memory: of
 * one that does nothing, of one that says so, and of a large one, which "make bench" brings along.
 */
#include <linux/module.h>
#include <stopgap/bench.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>

static struct ramdisk_file file;

static int find_file(const char *name)
{
	int err = ramdisk_find(name, &file);

	if (err)
		cprintf("bench: %s is not in the ramdisk\n", name);
	return err;
}

static int load_and_unload(const char *module, unsigned int iterations)
{
	unsigned int i;
	long err = 0;

	for (i = 0; i < iterations && !err; i++) {
		err = load_module_image(file.data, file.size, NULL, NULL);
		if (!err)
			err = delete_module(module);
	}
	return (int)err;
}

static int find_empty(void)
{
	return find_file("empty.ko");
}

static int load_empty(unsigned int iterations)
{
	return load_and_unload("empty", iterations);
}

static const struct benchmark empty_bench = {
	.name = "insmod+rmmod empty",
	.iterations = 10,
	.samples = 41,
	.run = load_empty,
	.setup = find_empty,
};
BENCHMARK(empty_bench);

static int find_hello(void)
{
	return find_file("hello.ko");
}

static int load_hello(unsigned int iterations)
{
	return load_and_unload("hello", iterations);
}

static const struct benchmark hello_bench = {
	.name = "insmod+rmmod hello",
	.iterations = 10,
	.samples = 41,
	.run = load_hello,
	.setup = find_hello,
};
BENCHMARK(hello_bench);

static int find_big(void)
{
	return find_file("big.ko");
}

static int load_big(unsigned int iterations)
{
	return load_and_unload("big", iterations);
}

static const struct benchmark big_bench = {
	.name = "insmod+rmmod 1 MiB, 20,000 relocs",
	.iterations = 1,
	.samples = 11,
	.run = load_big,
	.setup = find_big,
};
BENCHMARK(big_bench);
