// SPDX-License-Identifier: GPL-3.0-or-later
//
// --version: what a report of a fault should hold.
#include "config.h"

#include "base/i18n.h"
#include "base/library.h"
#include "cli/help.h"
#include "store/library.h"
#include "store/store.h"
#include "text/library.h"
#include "ui/library.h"
#include "work/library.h"

static const struct library *const tables[] = {
    work_libraries,
    text_libraries,
    store_libraries,
    ui_libraries,
    base_libraries,
};

static void
libraries_json(struct jsonout *json)
{
	jsonout_begin_array(json, "libraries");
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const struct library *row = tables[i]; row->name; row++) {
			g_autofree char *compiled = row->compiled(), *running = row->running();
			jsonout_begin_object(json, NULL);
			jsonout_string(json, "name", row->name);
			jsonout_string(json, "compiled", compiled);
			jsonout_string(json, "running", running);
			jsonout_end_object(json);
		}
	jsonout_end_array(json);
}

static void
libraries_print(FILE *file)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const struct library *row = tables[i]; row->name; row++) {
			g_autofree char *compiled = row->compiled(), *running = row->running();
			g_autofree char *features = row->features ? row->features() : g_strdup("");
			fprintf(file, "%-13s %s, %s %s%s%s%s\n", row->name, running,
			    _("compiled against"), compiled, *features ? " (" : "", features,
			    *features ? ")" : "");
		}
}

void
version_print(struct output *output, const struct cli_start *start)
{
	const struct paths *paths = start->paths;
	const struct {
		const char *name, *path;
	} rows[] = {
	    {"config", paths ? paths->config_dir : NULL},
	    {"database", paths ? paths->db : NULL},
	    {"log", paths ? paths->state_dir : NULL},
	    {"cache", paths ? paths->cache_dir : NULL},
	    {"socket", paths ? paths->socket : NULL},
	    {"data", paths_pkgdata()},
	};

	if (output->mode == OUTPUT_JSON) {
		jsonout_begin_object(&output->json, NULL);
		jsonout_string(&output->json, "version", PACKAGE_VERSION);
		jsonout_int(&output->json, "schema", STORE_SCHEMA);
		libraries_json(&output->json);
		jsonout_begin_object(&output->json, "paths");
		for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
			jsonout_string(&output->json, rows[i].name, rows[i].path);
		jsonout_end_object(&output->json);
		jsonout_end_object(&output->json);
		jsonout_end_document(&output->json);
		return;
	}
	fprintf(output->file, "hark %s, schema %d, %s\n", PACKAGE_VERSION, STORE_SCHEMA,
#ifdef __VERSION__
	    "compiler " __VERSION__
#else
	    "compiler unknown"
#endif
	);
	libraries_print(output->file);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].path)
			fprintf(output->file, "%-13s %s\n", rows[i].name, rows[i].path);
}
