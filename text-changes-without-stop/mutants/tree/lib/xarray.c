// SPDX-License-Identifier: GPL-2.0
/*
 * Arrays with gaps: see <linux/xarray.h>. Room is made before the lock is taken, as that may sleep; whoever finds under
 * the lock that somebody else has used it up lets go and makes more. So an insertion is seen whole or not at all, and
 * a lookup may come from an interrupt.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>

#define FIRST_ROOM	8

/* Where @index is, or belongs. Context: locked. */
static unsigned int place_of(const struct xarray *xa, unsigned long index)
{
	unsigned int low = 0, high = xa->count;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (xa->slots[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct xarray *xa, unsigned int place, unsigned long index)
{
	return place < xa->count && xa->slots[place].index == index;
}

/* Replace the slots by more of them, unless there is room by now. Context: as @gfp says. Return: 0 or -ENOMEM. */
static int make_room(struct xarray *xa, gfp_t gfp)
{
	unsigned int room = max(2 * READ_ONCE(xa->room), (unsigned int)FIRST_ROOM);
	struct xa_slot *slots = kmalloc_array(room, sizeof(*slots), gfp);
	unsigned long flags;

	if (!slots)
		return -ENOMEM;
	spin_lock_irqsave(&xa->xa_lock, flags);
	if (xa->room < room) {
		memcpy(slots, xa->slots, xa->count * sizeof(*slots));
		swap(slots, xa->slots);
		xa->room = room;
	}
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	kfree(slots);
	return 0;
}

/* Lock, with room for one more. Return: 0, locked; or -ENOMEM, not locked. */
static int lock_with_room(struct xarray *xa, unsigned long *flags, gfp_t gfp)
{
	for (;;) {
		spin_lock_irqsave(&xa->xa_lock, *flags);
		if (xa->count < xa->room)
			return 0;
		spin_unlock_irqrestore(&xa->xa_lock, *flags);
		if (make_room(xa, gfp))
			return -ENOMEM;
	}
}

/* Context: locked, with room. */
static void insert_at(struct xarray *xa, unsigned int place, unsigned long index, void *entry)
{
	struct xa_slot *slot = &xa->slots[place];

	memmove(slot + 1, slot, (xa->count - place) * sizeof(*slot));
	*slot = (struct xa_slot) { index, entry };
	xa->count++;
}

static void remove_at(struct xarray *xa, unsigned int place)
{
	struct xa_slot *slot = &xa->slots[place];

	xa->count--;
	memmove(slot, slot + 1, (xa->count - place) * sizeof(*slot));
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	unsigned long flags;
	unsigned int place;
	void *entry;

	spin_lock_irqsave(&xa->xa_lock, flags);
	place = place_of(xa, index);
	entry = is_at(xa, place, index) ? xa->slots[place].entry : NULL;
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	return entry;
}

bool xa_has(struct xarray *xa, unsigned long index)
{
	unsigned long flags;
	bool has;

	spin_lock_irqsave(&xa->xa_lock, flags);
	has = is_at(xa, place_of(xa, index), index);
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	return has;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	unsigned long flags;
	unsigned int place;
	void *old = NULL;

	spin_lock_irqsave(&xa->xa_lock, flags);
	place = place_of(xa, index);
	if (is_at(xa, place, index)) {
		old = xa->slots[place].entry;
		remove_at(xa, place);
	}
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	return old;
}

/* Put @entry to @index; or if @expected, only if *@expected is there. Return: what was there, or ERR_PTR(-ENOMEM). */
static void *store(struct xarray *xa, unsigned long index, void *entry, void **expected, gfp_t gfp)
{
	unsigned long flags;
	unsigned int place;
	void *old = NULL;

	if (lock_with_room(xa, &flags, gfp))
		return ERR_PTR(-ENOMEM);
	place = place_of(xa, index);
	if (is_at(xa, place, index))
		old = xa->slots[place].entry;
	if (expected && old != *expected)
		goto out_unlock;
	if (is_at(xa, place, index))
		remove_at(xa, place);
	if (entry)
		insert_at(xa, place, index, entry);
out_unlock:
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	return old;
}

/**
 * xa_store() - put an entry
 * @xa: the array
 * @index: where
 * @entry: what; NULL: nothing any more
 * @gfp: whether it may sleep for memory
 *
 * Context: any. Return: what was there, NULL for nothing; or ERR_PTR(-ENOMEM).
 */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	return entry ? store(xa, index, entry, NULL, gfp) : xa_erase(xa, index);
}

/* The same, but only if @old is there. */
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	return store(xa, index, entry, &old, gfp);
}

/* The same, but only if nothing is there. Return: 0, -EBUSY, -ENOMEM. */
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old = xa_cmpxchg(xa, index, NULL, entry, gfp);

	if (IS_ERR(old))
		return PTR_ERR(old);
	return old ? -EBUSY : 0;
}

long xa_alloc_null(struct xarray *xa, void *entry, unsigned long min, unsigned long max, gfp_t gfp)
{
	unsigned long flags, index = min;
	unsigned int place;

	if (lock_with_room(xa, &flags, gfp))
		return -ENOMEM;
	for (place = place_of(xa, min); index <= max && is_at(xa, place, index); place++)
		index++;
	if (index <= max)
		insert_at(xa, place, index, entry);
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	return index <= max ? (long)index : -ENOSPC;
}

/**
 * xa_alloc() - put an entry where nothing is
 * @xa: the array, made with XA_FLAGS_ALLOC
 * @id: gets the index
 * @entry: what
 * @limit: which indices will do; the least that is free is taken
 * @gfp: whether it may sleep for memory
 *
 * Context: any. Return: 0, -EBUSY if all are taken, -ENOMEM.
 */
int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	bool from_one = (xa->xa_flags & XA_FLAGS_ALLOC1) == XA_FLAGS_ALLOC1;
	long index = xa_alloc_null(xa, entry, max(limit.min, (u32)from_one), limit.max, gfp);

	if (index < 0)
		return index == -ENOSPC ? -EBUSY : (int)index;
	*id = (u32)index;
	return 0;
}

void *xa_find_range(struct xarray *xa, unsigned long *index, unsigned long max)
{
	unsigned long flags;
	unsigned int place;
	void *entry = NULL;

	spin_lock_irqsave(&xa->xa_lock, flags);
	for (place = place_of(xa, *index); place < xa->count && !entry; place++) {
		if (xa->slots[place].index > max)
			break;
		*index = xa->slots[place].index;
		entry = xa->slots[place].entry;
	}
	spin_unlock_irqrestore(&xa->xa_lock, flags);
	return entry;
}

/* Forget all entries, which stay the caller's. Context: any; nobody uses the array. */
void xa_destroy(struct xarray *xa)
{
	kfree(xa->slots);
	xa->slots = NULL;
	xa->room = 0;
	xa->count = 0;
}
