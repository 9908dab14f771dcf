// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/password.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/shows.h"
#include "work/address.h"
#include "work/child.h"

struct asking {
	struct work *work;
	char *account;
	char *name; // that the address holds; NULL: the program says it
};

static void
asking_free(void *data)
{
	struct asking *asking = data;

	g_free(asking->account);
	g_free(asking->name);
	g_free(asking);
}

// The first line of what came: the password alone where the address has the name, else both.
static GError *
read_login(const struct asking *asking, const char *out, char **name, char **password)
{
	g_autofree char *line = g_strndup(out, strcspn(out, "\r\n"));
	char *colon = asking->name ? NULL : strchr(line, ':');

	if (*line && (asking->name || colon)) {
		*name = colon ? g_strndup(line, (gsize)(colon - line)) : NULL;
		*password = g_strdup(colon ? colon + 1 : line);
		return NULL;
	}
	return g_error_new_literal(HARK_ERROR, HARK_ERROR_FAILED,
	    *line ? _("password-command: NAME:PASSWORD is wanted in the first line, or the name in "
		      "the address (https://NAME@HOST/…).")
		  : _("password-command: the program printed nothing."));
}

static void
on_done(void *user, const char *out, const GError *error)
{
	struct asking *asking = user;
	g_autofree char *name = NULL, *password = NULL;
	g_autoptr(GError) failed = error ? g_error_copy(error) : NULL;

	if (failed)
		g_prefix_error(&failed, "password-command: ");
	else
		failed = read_login(asking, out, &name, &password);
	if (failed)
		log_line(LOG_STORY, "%s", failed->message);
	net_give_login(asking->work->net, asking->account, name, password, failed);
}

static char **
environment(const struct asking *asking, const struct show *show)
{
	g_autofree char *url = url_without_login(asking->account);
	g_autofree char *id = show ? g_strdup_printf("%" G_GINT64_FORMAT, show->id) : NULL;
	bool remote;
	g_autofree char *host = address_host(url, &remote);
	const char *const facts[][2] = {
	    {"HARK_EVENT", "password"},
	    {"HARK_HOST", host},
	    {"HARK_USER", asking->name},
	    {"HARK_URL", url},
	    {"HARK_SHOW", show ? show->title : NULL},
	    {"HARK_SHOW_ID", id},
	};
	char **env = g_get_environ();

	if (host)
		*strrchr(host, ':') = '\0'; // the port
	for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
		env = g_environ_setenv(env, facts[i][0], facts[i][1] ? facts[i][1] : "", TRUE);
	return env;
}

bool
password_ask(void *data, const char *account, GError **error)
{
	struct work *work = data;
	gint64 show_id = work->store ? show_by_url(work->store, account, NULL) : 0;
	const char *line = options_string(work->options, show_id, OPT_PASSWORD_COMMAND);

	if (!*line)
		return false;
	struct asking *asking = g_new0(struct asking, 1);
	g_autofree char *password = NULL;
	OWNED(show) show = show_id ? show_get(work->store, show_id, NULL) : NULL;
	asking->work = work;
	asking->account = g_strdup(account);
	g_free(address_split_login(account, &asking->name, &password));
	g_auto(GStrv) env = environment(asking, show);
	struct child_wish wish = {
	    .line = line,
	    .env = env,
	    .timeout_s = options_int(work->options, 0, OPT_HOOK_TIMEOUT),
	    .done = on_done,
	    .drop = asking_free,
	    .user = asking,
	};
	if (children_start(work->children, &wish, error))
		return true;
	g_prefix_error(error, "password-command: ");
	asking_free(asking);
	return false;
}
