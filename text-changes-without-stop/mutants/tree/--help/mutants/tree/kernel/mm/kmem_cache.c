// SPDX-License-Identifier: GPL-2.0
/*
 * Caches of objects of one kind. kmalloc's size classes already are such caches, so a cache is a
 * size, a constructor, and a count that tells when objects are forgotten.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

struct kmem_cache {
	const char *name;
	unsigned int size;
	void (*ctor)(void *object);
	atomic_t live;
};

/**
 * kmem_cache_create() - make a cache
 * @name: for messages; must stay
 * @size: bytes of an object
 * @align: how it is aligned, at most to its size rounded up to a power of two
 * @flags: SLAB_*; none has a meaning here
 * @ctor: called for each object that is allocated; may be NULL
 *
 * Context: as kmalloc(). Return: the cache, or NULL if memory is short.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *object))
{
	struct kmem_cache *cache = kzalloc(sizeof(*cache), GFP_KERNEL);

	if (!cache)
		return NULL;
	cache->name = name;
	cache->size = max(size, align);
	cache->ctor = ctor;
	return cache;
}
EXPORT_SYMBOL(kmem_cache_create);

/* End a cache; objects that are still out are reported, and stay. Context: any. */
void kmem_cache_destroy(struct kmem_cache *cache)
{
	if (!cache)
		return;
	WARN(atomic_read(&cache->live), "kmem_cache_destroy: %s: %d objects remain\n",
	     cache->name, atomic_read(&cache->live));
	kfree(cache);
}
EXPORT_SYMBOL(kmem_cache_destroy);

/* Return: an object, or NULL. Context: as kmalloc(@gfp). */
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	void *object = kmalloc(cache->size, gfp);

	if (!object)
		return NULL;
	atomic_inc(&cache->live);
	if (cache->ctor)
		cache->ctor(object);
	return object;
}
EXPORT_SYMBOL(kmem_cache_alloc);

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	return kmem_cache_alloc(cache, gfp | __GFP_ZERO);
}
EXPORT_SYMBOL(kmem_cache_zalloc);

void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	if (!object)
		return;
	atomic_dec(&cache->live);
	kfree(object);
}
EXPORT_SYMBOL(kmem_cache_free);

unsigned int kmem_cache_size(struct kmem_cache *cache)
{
	return cache->size;
}
EXPORT_SYMBOL(kmem_cache_size);

/* kfree(), after clearing. */
void kfree_sensitive(const void *p)
{
	if (!ZERO_OR_NULL_PTR(p))
		memset((void *)p, 0, ksize(p));
	kfree(p);
}
EXPORT_SYMBOL(kfree_sensitive);
