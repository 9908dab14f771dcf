// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON writer.
#include <math.h>
#include <stdlib.h>

#include "base/jsonout.h"
#include "base/when.h"

static void
write_document(struct jsonout *out)
{
	jsonout_begin_object(out, NULL);
	jsonout_string(out, "title", "a \"b\"");
	jsonout_string(out, "none", NULL);
	jsonout_begin_array(out, "list");
	jsonout_int(out, NULL, -3);
	jsonout_bool(out, NULL, true);
	jsonout_begin_object(out, NULL);
	jsonout_end_object(out);
	jsonout_begin_array(out, NULL);
	jsonout_end_array(out);
	jsonout_end_array(out);
	jsonout_null(out, "last");
	jsonout_end_object(out);
	jsonout_end_document(out);
	jsonout_begin_array(out, NULL);
	jsonout_end_array(out);
	jsonout_end_document(out);
}

static const char document[] =
    "{\"title\":\"a \\\"b\\\"\",\"none\":null,\"list\":[-3,true,{},[]],\"last\":null}\n[]\n";

static void
test_document(void)
{
	struct jsonout out;
	g_autoptr(GString) string = g_string_new(NULL);
	jsonout_init_string(&out, string);
	write_document(&out);
	g_assert_cmpstr(string->str, ==, document);

	char *bytes = NULL;
	size_t size;
	FILE *file = open_memstream(&bytes, &size);
	jsonout_init_file(&out, file);
	write_document(&out);
	fclose(file);
	g_assert_cmpstr(bytes, ==, document);
	free(bytes);
}

static void
test_strings(void)
{
	static const struct {
		const char *text, *json;
	} rows[] = {
	    {"", "\"\""},
	    {"é日🇩", "\"é日🇩\""},
	    {"\\ \" / \b\f\n\r\t", "\"\\\\ \\\" / \\b\\f\\n\\r\\t\""},
	    {"\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\""},
	    {"a\xff\xc3z\xe2\x82", "\"a\ufffd\ufffdz\ufffd\""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct jsonout out;
		g_autoptr(GString) string = g_string_new(NULL);
		jsonout_init_string(&out, string);
		jsonout_string(&out, NULL, rows[i].text);
		g_assert_cmpstr(string->str, ==, rows[i].json);
	}
}

static void
test_numbers(void)
{
	static const struct {
		double value;
		const char *json;
	} rows[] = {{0, "0"}, {90, "90"}, {61.08, "61.08"}, {-0.5, "-0.5"}, {3723.5, "3723.5"},
	    {1.0 / 3, "0.33333333333333331"}, {1e15, "1e+15"}, {123456789012, "123456789012"},
	    {NAN, "null"}, {INFINITY, "null"}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct jsonout out;
		g_autoptr(GString) string = g_string_new(NULL);
		jsonout_init_string(&out, string);
		jsonout_double(&out, NULL, rows[i].value);
		g_assert_cmpstr(string->str, ==, rows[i].json);
	}
}

static void
test_times(void)
{
	struct jsonout out;
	g_autoptr(GString) string = g_string_new(NULL);
	jsonout_init_string(&out, string);
	jsonout_begin_object(&out, NULL);
	jsonout_instant(&out, "at", 1722416400);
	jsonout_instant(&out, "unknown", WHEN_UNKNOWN);
	jsonout_length(&out, "length", 2640);
	jsonout_length(&out, "none", WHEN_NO_LENGTH);
	jsonout_length(&out, "nan", NAN);
	jsonout_int(&out, "big", G_MAXINT64);
	jsonout_end_object(&out);
	g_assert_cmpstr(string->str, ==,
	    "{\"at\":\"2024-07-31T09:00:00Z\",\"unknown\":null,\"length\":2640,\"none\":null,"
	    "\"nan\":null,\"big\":9223372036854775807}");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/jsonout/document", test_document);
	g_test_add_func("/jsonout/strings", test_strings);
	g_test_add_func("/jsonout/numbers", test_numbers);
	g_test_add_func("/jsonout/times", test_times);
	return g_test_run();
}
