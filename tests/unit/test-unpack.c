// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies that servers packed, in any cuts; what is damaged or breaks off is said.
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "work/unpack.h"

#define TEXT_BYTES 300000

static char *
text_new(void)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; text->len < TEXT_BYTES; i++)
		g_string_append_printf(text, "<item><title>Number %d, %x</title></item>\n", i,
		    g_str_hash("tea") * (guint)i);
	return g_string_free(text, FALSE);
}

static GByteArray *
packed(const char *text, GZlibCompressorFormat format)
{
	g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new(format, 6);
	GByteArray *bytes = g_byte_array_new();
	gsize room = strlen(text) + 1024, read, written;

	g_byte_array_set_size(bytes, (guint)room);
	g_assert_cmpint(g_converter_convert(G_CONVERTER(compressor), text, strlen(text),
			    bytes->data, room, G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
	    ==, G_CONVERTER_FINISHED);
	g_byte_array_set_size(bytes, (guint)written);
	return bytes;
}

static bool
take(void *user, const char *bytes, size_t len, GError **error)
{
	g_assert_cmpuint(len, <=, UNPACK_BLOCK_BYTES);
	g_string_append_len(user, bytes, (gssize)len);
	return true;
}

// In cuts of STEP bytes; what comes out goes to OUT.
static bool
unpack_all(const GByteArray *bytes, const char *encoding, guint step, GString *out, GError **error)
{
	OWNED(unpack) unpack = unpack_new(encoding);

	for (guint at = 0; at < bytes->len; at += step) {
		g_autofree char *piece = g_memdup2(bytes->data + at, MIN(step, bytes->len - at));
		if (!unpack_push(unpack, piece, MIN(step, bytes->len - at), take, out, error))
			return false;
	}
	return unpack_end(unpack, error);
}

static void
test_cuts(void)
{
	static const GZlibCompressorFormat formats[] = {
	    G_ZLIB_COMPRESSOR_FORMAT_GZIP, G_ZLIB_COMPRESSOR_FORMAT_ZLIB};
	static const char *const encodings[] = {"gzip", "deflate"};
	static const guint steps[] = {1, 7, 1000, 65536, 1 << 30};
	g_autofree char *text = text_new();

	for (int f = 0; f < 2; f++) {
		g_autoptr(GByteArray) bytes = packed(text, formats[f]);
		for (size_t s = 0; s < G_N_ELEMENTS(steps); s++) {
			g_autoptr(GString) out = g_string_new(NULL);
			g_autoptr(GError) error = NULL;
			unpack_all(bytes, encodings[f], steps[s], out, &error);
			g_assert_no_error(error);
			g_assert_cmpstr(out->str, ==, text);
		}
	}
}

static void
test_behind_the_end(void)
{
	g_autoptr(GByteArray) bytes = packed("tea", G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GString) out = g_string_new(NULL);

	g_byte_array_append(bytes, (const guint8 *)"junk", 4);
	g_assert_true(unpack_all(bytes, "gzip", 5, out, NULL));
	g_assert_cmpstr(out->str, ==, "tea");
}

// RFC 1952 section 2.2: members follow one another.
static void
test_members(void)
{
	g_autofree char *text = text_new();
	g_autoptr(GByteArray) bytes = packed(text, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GByteArray) second = packed("tea", G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autofree char *both = g_strconcat(text, "tea", NULL);
	guint first = bytes->len;

	g_byte_array_append(bytes, second->data, second->len);
	const guint steps[] = {1, 7, first, first + 1, 65536, 1 << 30};
	for (size_t s = 0; s < G_N_ELEMENTS(steps); s++) {
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GError) error = NULL;
		unpack_all(bytes, "gzip", steps[s], out, &error);
		g_assert_no_error(error);
		g_assert_cmpstr(out->str, ==, both);
	}
	g_byte_array_set_size(bytes, bytes->len - 3);
	g_autoptr(GString) out = g_string_new(NULL);
	g_assert_false(unpack_all(bytes, "gzip", 1000, out, NULL));
}

static void
expect_damaged(const GByteArray *bytes)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(unpack_all(bytes, "gzip", 1000, out, &error));
	g_assert_cmpstr(error->message, ==, "what the server packed cannot be unpacked");
}

static void
test_damage(void)
{
	g_autofree char *text = text_new();
	g_autoptr(GByteArray) cut = packed(text, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GByteArray) sum = packed(text, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GByteArray) inside = packed(text, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GByteArray) nothing = packed(text, G_ZLIB_COMPRESSOR_FORMAT_GZIP);

	g_byte_array_set_size(cut, cut->len / 2);
	expect_damaged(cut);
	sum->data[sum->len - 8] ^= 1; // RFC 1952: CRC-32, then the length
	expect_damaged(sum);
	memset(inside->data + inside->len / 2, 0xff, 64);
	expect_damaged(inside);
	memcpy(nothing->data, "<rss>", 5);
	expect_damaged(nothing);
}

static void
test_plain_and_unknown(void)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_byte_array_append(bytes, (const guint8 *)"<rss/>", 6);
	g_assert_true(unpack_all(bytes, NULL, 2, out, NULL));
	g_assert_true(unpack_all(bytes, "identity", 2, out, NULL));
	g_assert_cmpstr(out->str, ==, "<rss/><rss/>");
	g_assert_false(unpack_all(bytes, "br", 2, out, &error));
	g_assert_nonnull(strstr(error->message, "(br)"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/unpack/cuts", test_cuts);
	g_test_add_func("/unpack/behind-the-end", test_behind_the_end);
	g_test_add_func("/unpack/members", test_members);
	g_test_add_func("/unpack/damage", test_damage);
	g_test_add_func("/unpack/plain-and-unknown", test_plain_and_unknown);
	return g_test_run();
}
