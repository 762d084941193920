// SPDX-License-Identifier: GPL-2.0
/*
 * Red-black trees, after Cormen, Leiserson, Rivest and Stein, chapter 13. A red node has no red child, and all ways
 * down from a node pass the same number of black ones; a missing child is black. Left and right are told apart by one
 * argument, so that nothing is written twice.
 */
#include <linux/rbtree.h>

static bool is_red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & RB_BLACK);
}

static void set_black(struct rb_node *node)
{
	node->__rb_parent_color |= RB_BLACK;
}

static void set_red(struct rb_node *node)
{
	node->__rb_parent_color &= ~RB_BLACK;
}

static void set_parent(struct rb_node *node, const struct rb_node *parent)
{
	if (node)
		node->__rb_parent_color = (unsigned long)parent | (node->__rb_parent_color & RB_BLACK);
}

static struct rb_node **child(struct rb_node *node, bool right)
{
	return right ? &node->rb_right : &node->rb_left;
}

/* Let the link that leads to @old lead to @new. */
static void change_child(struct rb_root *root, struct rb_node *parent, const struct rb_node *old,
			 struct rb_node *new)
{
	if (parent)
		*child(parent, parent->rb_right == old) = new;
	else
		root->rb_node = new;
}

/* @node goes down to the @right, and its child from the other side takes its place. */
static void rotate(struct rb_root *root, struct rb_node *node, bool right)
{
	struct rb_node *up = *child(node, !right), *parent = rb_parent(node);

	*child(node, !right) = *child(up, right);
	set_parent(*child(node, !right), node);
	*child(up, right) = node;
	set_parent(node, up);
	set_parent(up, parent);
	change_child(root, parent, node, up);
}

/**
 * rb_insert_color() - balance the tree after a node was hung into it
 * @node: it, after rb_link_node()
 * @root: the tree
 *
 * Context: any; the user's lock is held.
 */
void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *parent, *grand, *uncle;
	bool right;

	while ((parent = rb_parent(node)) && is_red(parent)) {
		grand = rb_parent(parent);
		right = parent == grand->rb_right;
		uncle = *child(grand, !right);
		if (is_red(uncle)) {
			set_black(uncle);
			set_black(parent);
			set_red(grand);
			node = grand;
			continue;
		}
		if (node == *child(parent, !right)) {
			rotate(root, parent, right);
			parent = node;
		}
		set_black(parent);
		set_red(grand);
		rotate(root, grand, !right);
		break;
	}
	set_black(root->rb_node);
}

/* The way to @node, perhaps a missing child of @parent, has lost a black node. */
static void balance_erased(struct rb_node *node, struct rb_node *parent, struct rb_root *root)
{
	struct rb_node *sibling;
	bool right;

	while (parent && !is_red(node)) {
		right = node == parent->rb_right;
		sibling = *child(parent, !right);
		if (is_red(sibling)) {
			set_black(sibling);
			set_red(parent);
			rotate(root, parent, right);
			sibling = *child(parent, !right);
		}
		if (!is_red(sibling->rb_left) && !is_red(sibling->rb_right)) {
			set_red(sibling);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		if (!is_red(*child(sibling, !right))) {
			set_black(*child(sibling, right));
			set_red(sibling);
			rotate(root, sibling, !right);
			sibling = *child(parent, !right);
		}
		if (is_red(parent))
			set_red(sibling);
		else
			set_black(sibling);
		set_black(parent);
		set_black(*child(sibling, !right));
		rotate(root, parent, right);
		return;
	}
	if (node)
		set_black(node);
}

/* The least node takes the place of @node. Return: the parent of where it was, or itself if that was @node. */
static struct rb_node *replace_by_next(struct rb_node *node, struct rb_node *next, struct rb_root *root)
{
	struct rb_node *parent = rb_parent(next);

	if (parent == node) {
		parent = next;
	} else {
		parent->rb_left = next->rb_right;
		set_parent(next->rb_right, parent);
		next->rb_right = node->rb_right;
		set_parent(next->rb_right, next);
	}
	next->rb_left = node->rb_left;
	set_parent(next->rb_left, next);
	next->__rb_parent_color = node->__rb_parent_color;
	change_child(root, rb_parent(node), node, next);
	return parent;
}

/**
 * rb_erase() - take a node out
 * @node: it; the caller's again
 * @root: the tree
 *
 * Context: any; the user's lock is held.
 */
void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *orphan, *parent, *next;
	bool red;

	if (node->rb_left && node->rb_right) {
		next = rb_next(node);
		orphan = next->rb_right;
		red = is_red(next);
		parent = replace_by_next(node, next, root);
	} else {
		orphan = node->rb_left ?: node->rb_right;
		red = is_red(node);
		parent = rb_parent(node);
		change_child(root, parent, node, orphan);
		set_parent(orphan, parent);
	}
	if (!red)
		balance_erased(orphan, parent, root);
}

/* @replacement, which is in no tree, takes over @victim's place; they compare equal. */
void rb_replace_node(struct rb_node *victim, struct rb_node *replacement, struct rb_root *root)
{
	*replacement = *victim;
	set_parent(victim->rb_left, replacement);
	set_parent(victim->rb_right, replacement);
	change_child(root, rb_parent(victim), victim, replacement);
}

/* The outermost node on one side below @node. */
static struct rb_node *outermost(struct rb_node *node, bool right)
{
	while (node && *child(node, right))
		node = *child(node, right);
	return node;
}

/* The neighbour of @from on one side. */
static struct rb_node *neighbour(const struct rb_node *from, bool right)
{
	struct rb_node *node = (struct rb_node *)from, *parent;

	if (*child(node, right))
		return outermost(*child(node, right), !right);
	while ((parent = rb_parent(node)) && node == *child(parent, right))
		node = parent;
	return parent;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return outermost(root->rb_node, false);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return outermost(root->rb_node, true);
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return RB_EMPTY_NODE(node) ? NULL : neighbour(node, true);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return RB_EMPTY_NODE(node) ? NULL : neighbour(node, false);
}

/* The first node without children below @node. */
static struct rb_node *first_leaf(struct rb_node *node)
{
	while (node && (node->rb_left || node->rb_right))
		node = node->rb_left ?: node->rb_right;
	return node;
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return first_leaf(root->rb_node);
}

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent = node ? rb_parent(node) : NULL;

	if (parent && node == parent->rb_left && parent->rb_right)
		return first_leaf(parent->rb_right);
	return parent;
}
