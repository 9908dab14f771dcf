// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/unpack.h"

#include "base/error.h"
#include "base/i18n.h"
#include "work/deflated.h"

#define GZIP_FIRST 0x1f // RFC 1952 section 2.3.1

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
inflate_one(struct unpack *unpack, unpack_take *take, void *user, GError **error)
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

// Behind a stream's end another one of gzip's may follow (RFC 1952 section 2.2), which goes on
// where it ended; what else follows is nobody's.
static bool
goes_on(struct unpack *unpack, const char *bytes)
{
	if (unpack->ended && (guchar)*bytes != GZIP_FIRST)
		return false;
	if (unpack->ended)
		g_clear_pointer(&unpack->deflated, deflated_free);
	unpack->ended = false;
	if (!unpack->deflated)
		unpack->deflated = deflated_new();
	return true;
}

static bool
inflate_all(struct unpack *unpack, const char *bytes, size_t len, unpack_take *take, void *user,
    GError **error)
{
	while (len && goes_on(unpack, bytes)) {
		deflated_give(unpack->deflated, bytes, len);
		if (!inflate_one(unpack, take, user, error))
			return false;
		bytes = deflated_left(unpack->deflated, &len);
	}
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
	return inflate_all(unpack, bytes, len, take, user, error);
}

bool
unpack_end(const struct unpack *unpack, GError **error)
{
	return !unpack->deflated || unpack->ended || damaged(error);
}
