// SPDX-License-Identifier: GPL-3.0-or-later
//
// A wrapper around unicode61 (SQLite, "FTS5 Extension", section 7).
#include "config.h"

#include "store/tokens.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

struct tokens {
	fts5_tokenizer inner;
	Fts5Tokenizer *unicode;
};

typedef int take_token(void *context, int flags, const char *token, int len, int start, int end);

struct taking {
	void *context;
	take_token *take;
};

static int
create(void *data, const char **arguments, int count, Fts5Tokenizer **out)
{
	static const char *const wanted[] = {"remove_diacritics", "2"};
	fts5_api *api = data;
	struct tokens *tokens = g_new0(struct tokens, 1);
	void *inner_data = NULL;
	int code = api->xFindTokenizer(api, "unicode61", &inner_data, &tokens->inner);

	if (code == SQLITE_OK)
		code = tokens->inner.xCreate(
		    inner_data, (const char **)(guintptr)wanted, 2, &tokens->unicode);
	if (code != SQLITE_OK)
		g_clear_pointer(&tokens, g_free);
	*out = (Fts5Tokenizer *)tokens;
	return code;
}

static void delete (Fts5Tokenizer *data)
{
	struct tokens *tokens = (struct tokens *)data;

	if (!tokens)
		return;
	tokens->inner.xDelete(tokens->unicode);
	g_free(tokens);
}

// What stands between is a word, each character that stands alone is another.
static int
take(void *data, int flags, const char *token, int len, int start, int end)
{
	const struct taking *taking = data;
	const char *from = token, *stop = token + len;
	int code = SQLITE_OK;

	for (const char *p = token; p < stop && code == SQLITE_OK;) {
		const char *next = MIN(g_utf8_next_char(p), stop);
		if ((guchar)*p >= 0xE2 && text_stands_alone(g_utf8_get_char(p))) {
			if (from < p)
				code = taking->take(
				    taking->context, flags, from, (int)(p - from), start, end);
			if (code == SQLITE_OK)
				code = taking->take(
				    taking->context, flags, p, (int)(next - p), start, end);
			from = next;
		}
		p = next;
	}
	if (code == SQLITE_OK && from < stop)
		code = taking->take(taking->context, flags, from, (int)(stop - from), start, end);
	return code;
}

static int
tokenize(Fts5Tokenizer *data, void *context, int flags, const char *text, int len, take_token *out)
{
	struct tokens *tokens = (struct tokens *)data;
	struct taking taking = {context, out};

	return tokens->inner.xTokenize(tokens->unicode, &taking, flags, text, len, take);
}

static fts5_api *
find_api(sqlite3 *db)
{
	sqlite3_stmt *statement = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(statement);
	}
	sqlite3_finalize(statement);
	return api;
}

bool
tokens_register(sqlite3 *db, GError **error)
{
	static fts5_tokenizer ours = {create, delete, tokenize};
	fts5_api *api = find_api(db);

	if (api && api->xCreateTokenizer(api, TOKENS, api, &ours, NULL) == SQLITE_OK)
		return true;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_STORE,
	    _("this SQLite was built without FTS5, which the search needs"));
	return false;
}
