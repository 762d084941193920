// SPDX-License-Identifier: GPL-2.0
/* What loading and unloading a module costs, from the bytes in the ramdisk to the freed memory. */
#include <linux/module.h>
#include <stopgap/bench.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>

#define BENCH_FILE	"hello.ko"
#define BENCH_MODULE	"hello"

static struct ramdisk_file file;

static int find_file(void)
{
	int err = ramdisk_find(BENCH_FILE, &file);

	if (err)
		cprintf("bench: " BENCH_FILE ": not in the ramdisk\n");
	return err;
}

static int load_and_unload(unsigned int iterations)
{
	unsigned int i;
	long err = 0;

	for (i = 0; i < iterations && !err; i++) {
		err = load_module_image(file.data, file.size, NULL, NULL);
		if (!err)
			err = delete_module(BENCH_MODULE);
	}
	return (int)err;
}

static const struct benchmark load_unload_bench = {
	.name = "insmod+rmmod hello",
	.iterations = 10,
	.samples = 41,
	.run = load_and_unload,
	.setup = find_file,
};
BENCHMARK(load_unload_bench);
