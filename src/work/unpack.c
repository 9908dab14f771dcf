// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/unpack.h"

#include "base/error.h"
#include "base/i18n.h"
#include "work/deflated.h"

struct unpack {
	bool packed;
	char *unknown;		   // the encoding that nobody asked for
	struct deflated *deflated; // NULL until its first bytes
	bool ended;
	char block[UNPACK_BLOCK_BYTES];
};

static bool
is_one_of(const char *encoding, const char *const *words)
{
	for (; *words; words++)
		if (!g_ascii_strcasecmp(encoding, *words))
			return true;
	return false;
}

struct unpack *
unpack_new(const char *encoding)
{
	static const char *const packed[] = {"gzip", "x-gzip", "deflate", NULL};
	static const char *const plain[] = {"identity", "none", "", NULL};
	struct unpack *unpack = g_new0(struct unpack, 1);

	unpack->packed = encoding && is_one_of(encoding, packed);
	if (encoding && !unpack->packed && !is_one_of(encoding, plain))
		unpack->unknown = g_strdup(encoding);
	return unpack;
}

void
unpack_free(struct unpack *unpack)
{
	if (!unpack)
		return;
	deflated_free(unpack->deflated);
	g_free(unpack->unknown);
	g_free(unpack);
}

static bool
damaged(GError **error)
{
	g_set_error_literal(
	    error, HARK_ERROR, HARK_ERROR_FAILED, _("what the server packed cannot be unpacked"));
	return false;
}

static bool
inflate_all(struct unpack *unpack, unpack_take *take, void *user, GError **error)
{
	enum inflated state;
	size_t len;

	do {
		state = deflated_take(unpack->deflated, unpack->block, sizeof unpack->block, &len);
		if (state == INFLATED_DAMAGED)
			return damaged(error);
		if (len && !take(user, unpack->block, len, error))
			return false;
	} while (state == INFLATED_FULL);
	unpack->ended = state == INFLATED_ENDED;
	return true;
}

static bool
take_plain(const char *bytes, size_t len, unpack_take *take, void *user, GError **error)
{
	for (size_t at = 0; at < len; at += UNPACK_BLOCK_BYTES)
		if (!take(user, bytes + at, MIN(len - at, (size_t)UNPACK_BLOCK_BYTES), error))
			return false;
	return true;
}

bool
unpack_push(struct unpack *unpack, const char *bytes, size_t len, unpack_take *take, void *user,
    GError **error)
{
	if (unpack->unknown) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("the server packed it in a way that was not asked for (%s)"),
		    unpack->unknown);
		return false;
	}
	if (!unpack->packed)
		return take_plain(bytes, len, take, user, error);
	if (!len)
		return true;
	if (!unpack->deflated)
		unpack->deflated = deflated_new();
	deflated_give(unpack->deflated, bytes, len);
	return inflate_all(unpack, take, user, error);
}

bool
unpack_end(const struct unpack *unpack, GError **error)
{
	return !unpack->deflated || unpack->ended || damaged(error);
}
