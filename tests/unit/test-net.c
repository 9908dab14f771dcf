// SPDX-License-Identifier: GPL-3.0-or-later
//
// net against the fixture server: what comes, what is said of it, and what is refused.
#include "config.h"

#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

#include "../lib/fixture.h"
#include "work/net.h"

static struct fixture *server;

// libcurl asks here for hosts: one that is named so is looked for without end.
int
getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
    struct addrinfo **found)
{
	int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

	while (node && g_str_has_suffix(node, ".slow"))
		pause();
	*(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
	return next(node, service, hints, found);
}

// One transfer as its owner sees it.
struct seen {
	GString *body;
	int status;
	char *url, *moved_to, *etag, *type, *error;
	gint64 length, retry_after_s, max_age_s;
	int ended;
	gint64 most; // stop after so many bytes; 0: never
};

static bool
on_data(void *user, const struct net_answer *answer, const char *bytes, size_t len, GError **error)
{
	struct seen *seen = user;

	g_string_append_len(seen->body, bytes, (gssize)len);
	if (seen->most && answer->bytes >= seen->most) {
		g_set_error_literal(error, G_FILE_ERROR, 0, "enough");
		return false;
	}
	return true;
}

static void
on_done(void *user, const struct net_answer *answer, const GError *error)
{
	struct seen *seen = user;

	seen->ended++;
	seen->status = answer->status;
	seen->url = g_strdup(answer->url);
	seen->moved_to = g_strdup(answer->moved_to);
	seen->etag = g_strdup(answer->etag);
	seen->type = g_strdup(answer->content_type);
	seen->length = answer->length_bytes;
	seen->retry_after_s = answer->retry_after_s;
	seen->max_age_s = answer->max_age_s;
	seen->error = error ? g_strdup(error->message) : NULL;
}

static void
seen_clear(struct seen *seen)
{
	if (seen->body)
		g_string_free(seen->body, TRUE);
	g_free(seen->url);
	g_free(seen->moved_to);
	g_free(seen->etag);
	g_free(seen->type);
	g_free(seen->error);
	*seen = (struct seen){0};
}

static struct net_ways ways = {.proxy = "", .netrc = "off", .ca_file = ""};

static struct net *
new_net(int total, int per_host)
{
	struct net *net = net_new(&(struct net_limits){
	    .total = total, .per_host = per_host, .connect_timeout_s = 2, .stall_timeout_s = 1});

	net_set_ways(net, &ways);
	return net;
}

static void
start(struct net *net, struct seen *seen, struct net_request request)
{
	seen->body = g_string_new(NULL);
	request.max_bytes = request.max_bytes ? request.max_bytes : 1000000;
	request.data = on_data;
	request.done = on_done;
	request.user = seen;
	net_start(net, &request);
}

// Asks for one thing and waits for its end.
static void
ask(struct seen *seen, struct net_request request)
{
	OWNED(net) net = new_net(4, 2);

	start(net, seen, request);
	while (!seen->ended)
		net_run(net, 100);
	g_assert_cmpint(seen->ended, ==, 1);
}

static void
ask_target(struct seen *seen, const char *target)
{
	g_autofree char *url = fixture_url(server, target);

	ask(seen, (struct net_request){.url = url});
}

static void
test_plain(void)
{
	struct seen seen = {0};

	ask_target(&seen, "a.txt?etag&cache=600");
	g_assert_cmpstr(seen.error, ==, NULL);
	g_assert_cmpint(seen.status, ==, 200);
	g_assert_cmpstr(seen.body->str, ==, "hello\n");
	g_assert_cmpstr(seen.type, ==, "text/plain");
	g_assert_cmpint(seen.length, ==, 6);
	g_assert_cmpint(seen.max_age_s, ==, 600);
	g_assert_null(seen.moved_to);

	g_autofree char *etag = g_strdup(seen.etag);
	g_autofree char *url = fixture_url(server, "a.txt?etag");
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = url, .etag = etag});
	g_assert_cmpint(seen.status, ==, 304);
	g_assert_cmpstr(seen.error, ==, NULL);
	g_assert_cmpint(seen.body->len, ==, 0);
	seen_clear(&seen);
}

static void
test_headers(void)
{
	struct seen seen = {0};
	g_autofree char *url = fixture_url(server, "x?echo");

	ask(&seen,
	    (struct net_request){.url = url, .accept = NET_FEED, .last_modified = "yesterday"});
#ifdef HOME_PAGE
	g_assert_nonnull(strstr(
	    seen.body->str, "User-Agent: hark/" VERSION " (+" HOME_PAGE ")\r\n"));
#else
	g_assert_nonnull(strstr(seen.body->str, "User-Agent: hark/" VERSION "\r\n"));
#endif
	g_assert_nonnull(strstr(seen.body->str, "Accept: application/rss+xml, "));
	g_assert_nonnull(strstr(seen.body->str, "Accept-Encoding: "));
	g_assert_nonnull(strstr(seen.body->str, "If-Modified-Since: yesterday\r\n"));
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = url, .accept = NET_MEDIA});
	g_assert_null(strstr(seen.body->str, "Accept-Encoding: "));
	seen_clear(&seen);
}

static void
test_packed(void)
{
	struct seen seen = {0};

	ask_target(&seen, "a.txt?gzip");
	g_assert_cmpstr(seen.error, ==, NULL);
	g_assert_cmpstr(seen.body->str, ==, "hello\n");
	seen_clear(&seen);
}

static void
test_auth(void)
{
	struct seen seen = {0};
	g_autofree char *url = g_strdup_printf(
	    "http://me:word@%s/a.txt?auth=me:word", server->base + strlen("http://"));

	ask(&seen, (struct net_request){.url = url});
	g_assert_cmpstr(seen.body->str, ==, "hello\n");
	seen_clear(&seen);
	g_autofree char *wrong = g_strdup_printf(
	    "http://me:secret@%s/a.txt?auth=me:word", server->base + strlen("http://"));
	ask(&seen, (struct net_request){.url = wrong});
	g_assert_cmpint(seen.status, ==, 401);
	g_assert_nonnull(strstr(seen.error, "401"));
	g_assert_null(strstr(seen.error, "secret"));
	seen_clear(&seen);
}

// "http://LOGIN@HOST:PORT/TARGET" on the fixture server. The caller's.
static char *
login_url(const char *login, const char *host, const char *target)
{
	return g_strdup_printf("http://%s%s:%d/%s", login, host, server->port, target);
}

// A login goes to its own server, decoded, and nothing that is made of the answer holds it.
static void
test_login_stays(void)
{
	struct seen seen = {0};
	g_autofree char *other = login_url("", "localhost", "x%3Fecho");
	g_autofree char *target = g_strdup_printf("r?redirect=301&to=%s", other);
	g_autofree char *leaves = login_url("me:p%40ss@", "127.0.0.1", target);
	g_autofree char *stays =
	    login_url("me:p%40ss@", "127.0.0.1", "r?redirect=301&to=/x%3Fecho");
	g_autofree char *back = login_url("", "127.0.0.1", "x%3Fecho");
	g_autofree char *absolute = g_strdup_printf("r?redirect=308&to=%s", back);
	g_autofree char *both = login_url("me:p%40ss@", "127.0.0.1", absolute);

	ask(&seen, (struct net_request){.url = leaves});
	g_assert_nonnull(strstr(seen.body->str, "Host: localhost"));
	g_assert_null(strstr(seen.body->str, "Authorization"));
	g_assert_null(strstr(seen.url, "ss@"));
	g_assert_cmpstr(seen.moved_to, ==, seen.url);
	seen_clear(&seen);

	ask(&seen, (struct net_request){.url = stays});
	g_assert_nonnull(strstr(seen.body->str, "Authorization: Basic bWU6cEBzcw==\r\n"));
	g_assert_null(strstr(seen.url, "ss@"));
	g_assert_nonnull(strstr(seen.moved_to, "//me:p%40ss@127.0.0.1:"));
	seen_clear(&seen);

	ask(&seen, (struct net_request){.url = both});
	g_assert_nonnull(strstr(seen.body->str, "Authorization: Basic bWU6cEBzcw==\r\n"));
	g_assert_nonnull(strstr(seen.moved_to, "//me:p%40ss@127.0.0.1:"));
	seen_clear(&seen);
}

// What hangs on a feed has the feed's login, where it lies on the same server.
static void
test_account(void)
{
	struct seen seen = {0};
	g_autofree char *feed = login_url("me:word@", "127.0.0.1", "feed.xml");
	g_autofree char *same = login_url("", "127.0.0.1", "x?echo");
	g_autofree char *other = login_url("", "localhost", "x?echo");

	ask(&seen, (struct net_request){.url = same, .account = feed});
	g_assert_nonnull(strstr(seen.body->str, "Authorization: Basic bWU6d29yZA==\r\n"));
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = other, .account = feed});
	g_assert_null(strstr(seen.body->str, "Authorization"));
	seen_clear(&seen);
}

// Answers as it is told to: when, and with what.
struct oracle {
	struct net *net;
	const char *refusal, *password;
	int asked;
	char *account;
};

static bool
on_ask(void *user, const char *account, GError **error)
{
	struct oracle *oracle = user;

	oracle->asked++;
	g_free(oracle->account);
	oracle->account = g_strdup(account);
	if (!oracle->refusal)
		return true;
	g_set_error_literal(error, G_FILE_ERROR, 0, oracle->refusal);
	return false;
}

static void
answer(struct oracle *oracle, struct seen *seen)
{
	int before = oracle->asked;

	while (oracle->asked == before && !seen->ended)
		net_run(oracle->net, 100);
	if (oracle->asked > before)
		net_give_login(oracle->net, oracle->account, "me", oracle->password, NULL);
	while (!seen->ended)
		net_run(oracle->net, 100);
}

// Where a server wants a login somebody is asked, once an account; the answer is kept until it is
// refused.
static void
test_ask(void)
{
	OWNED(net) net = new_net(4, 4);
	struct oracle oracle = {.net = net, .password = "word"};
	struct seen seen[3] = {0}, last = {0};
	g_autofree char *url = fixture_url(server, "a.txt?auth=me:word");
	g_autofree char *free_for_all = fixture_url(server, "a.txt");
	g_autofree char *away = fixture_url(server, "r?redirect=301&to=");
	g_autofree char *leaves = g_strdup_printf(
	    "%shttp://localhost:%d/a.txt%%3Fauth=me:word", away, server->port);

	net_set_ask(net, on_ask, &oracle);
	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++)
		start(net, &seen[i], (struct net_request){.url = url});
	start(net, &last, (struct net_request){.url = free_for_all});
	while (!last.ended || !oracle.asked)
		net_run(net, 100);
	g_assert_cmpint(seen[0].ended, ==, 0);
	net_give_login(net, url, "me", "word", NULL);
	while (!seen[0].ended || !seen[1].ended || !seen[2].ended)
		net_run(net, 100);
	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) {
		g_assert_cmpstr(seen[i].error, ==, NULL);
		g_assert_cmpstr(seen[i].body->str, ==, "hello\n");
		seen_clear(&seen[i]);
	}
	g_assert_cmpint(oracle.asked, ==, 1);
	g_assert_cmpstr(oracle.account, ==, url);
	seen_clear(&last);

	// Known by now.
	start(net, &last, (struct net_request){.url = url});
	while (!last.ended)
		net_run(net, 100);
	g_assert_cmpstr(last.body->str, ==, "hello\n");
	g_assert_cmpint(oracle.asked, ==, 1);
	seen_clear(&last);

	// Another account: a wrong word is an end, and forgotten.
	g_autofree char *other = fixture_url(server, "b.txt?auth=me:other");
	for (int i = 0; i < 2; i++) {
		start(net, &last, (struct net_request){.url = other});
		answer(&oracle, &last);
		g_assert_cmpint(oracle.asked, ==, 2 + i);
		g_assert_cmpint(last.status, ==, 401);
		g_assert_nonnull(strstr(last.error, "does not take the name and the password"));
		seen_clear(&last);
	}

	// Nobody knows; a whole login in the address; another server than the one that was asked.
	oracle.refusal = "Nobody knows.";
	start(net, &last, (struct net_request){.url = other});
	answer(&oracle, &last);
	g_assert_cmpint(last.status, ==, 401);
	g_assert_nonnull(strstr(last.error, "it wants a name and a password. Nobody knows."));
	seen_clear(&last);
	int asked = oracle.asked;
	g_autofree char *own = login_url("me:wrong@", "127.0.0.1", "a.txt?auth=me:word");
	start(net, &last, (struct net_request){.url = own});
	answer(&oracle, &last);
	g_assert_cmpint(last.status, ==, 401);
	seen_clear(&last);
	start(net, &last, (struct net_request){.url = leaves});
	answer(&oracle, &last);
	g_assert_cmpint(last.status, ==, 401);
	seen_clear(&last);
	g_assert_cmpint(oracle.asked, ==, asked);
	g_free(oracle.account);
}

// What waits for a login can be cancelled and dropped.
static void
test_ask_cancelled(void)
{
	OWNED(net) net = new_net(4, 4);
	struct oracle oracle = {.net = net, .password = "word"};
	struct seen cancelled = {0}, dropped = {0};
	g_autofree char *url = fixture_url(server, "a.txt?auth=me:word");
	struct net_request request = {.url = url,
	    .max_bytes = 1000,
	    .data = on_data,
	    .done = on_done,
	    .user = &cancelled};

	net_set_ask(net, on_ask, &oracle);
	struct net_transfer *first = net_start(net, &request);
	start(net, &dropped, request);
	while (!oracle.asked)
		net_run(net, 100);
	net_cancel(first);
	net_run(net, 10);
	g_assert_cmpint(cancelled.ended + dropped.ended, ==, 0);
	seen_clear(&dropped);
	g_free(oracle.account);
}

static void
test_netrc(void)
{
	struct seen seen = {0};
	g_autofree char *path = g_build_filename(server->folder, "netrc", NULL);
	g_autofree char *url = fixture_url(server, "a.txt?auth=me:word");

	g_file_set_contents(path, "machine 127.0.0.1 login me password word\n", -1, NULL);
	ask(&seen, (struct net_request){.url = url});
	g_assert_cmpint(seen.status, ==, 401);
	g_assert_nonnull(strstr(seen.error, "hark.conf(5) says where to put them"));
	seen_clear(&seen);
	ways.netrc = path;
	ask(&seen, (struct net_request){.url = url});
	g_assert_cmpstr(seen.body->str, ==, "hello\n");
	seen_clear(&seen);
	ways.netrc = "off";
}

static void
test_proxy(void)
{
	struct seen seen = {0};
	struct net_request request = {.url = "http://nowhere.invalid/a.txt"};

	g_unsetenv("no_proxy");
	ways.proxy = server->base;
	ask(&seen, request);
	g_assert_cmpstr(seen.body->str, ==, "hello\n");
	seen_clear(&seen);
	request.url = "http://nowhere.invalid/a.txt?status=407";
	ask(&seen, request);
	g_assert_nonnull(strstr(seen.error, "the proxy says 407 proxy authentication required"));
	seen_clear(&seen);
	request.url = "https://nowhere.invalid/a.txt";
	ask(&seen, request);
	g_assert_nonnull(strstr(seen.error, "the proxy says 403 forbidden"));
	seen_clear(&seen);
	ways.proxy = "http://nowhere.invalid:3128";
	ask(&seen, request);
	g_assert_nonnull(strstr(seen.error, "the proxy was not found"));
	seen_clear(&seen);
	// The environment's, and none though it names one.
	request.url = "http://nowhere.invalid/a.txt";
	g_setenv("http_proxy", server->base, TRUE);
	ways.proxy = "";
	ask(&seen, request);
	g_assert_cmpstr(seen.body->str, ==, "hello\n");
	seen_clear(&seen);
	ways.proxy = "off";
	ask(&seen, request);
	g_assert_cmpint(seen.status, ==, 0);
	g_assert_nonnull(strstr(seen.error, "no "));
	seen_clear(&seen);
	g_unsetenv("http_proxy");
	g_setenv("no_proxy", "*", TRUE);
	ways.proxy = "";
}

// A name that is looked for without end holds back nobody, and is given up in its time.
static void
test_slow_names(void)
{
	OWNED(net) net = new_net(4, 4);
	struct seen slow[3] = {0}, quick = {0};
	g_autofree char *url = fixture_url(server, "a.txt");

	for (size_t i = 0; i < G_N_ELEMENTS(slow); i++)
		start(net, &slow[i], (struct net_request){.url = "http://host.slow/feed.xml"});
	start(net, &quick, (struct net_request){.url = url});
	while (!quick.ended) {
		net_run(net, 100);
		g_assert_false(slow[0].ended && !quick.ended);
	}
	g_assert_cmpstr(quick.body->str, ==, "hello\n");
	while (!slow[0].ended || !slow[1].ended)
		net_run(net, 100);
	g_assert_nonnull(strstr(slow[0].error, "no connection within 2 seconds"));
	seen_clear(&quick);
	for (size_t i = 0; i < G_N_ELEMENTS(slow); i++)
		seen_clear(&slow[i]);
}

static void
test_redirects(void)
{
	static const struct {
		const char *target, *end, *moved_to;
	} rows[] = {
	    {"r?redirect=301&to=/a.txt", "/a.txt", "/a.txt"},
	    {"r?redirect=308&to=/a.txt", "/a.txt", "/a.txt"},
	    {"r?redirect=302&to=/a.txt", "/a.txt", NULL},
	    {"r?redirect=307&to=/a.txt", "/a.txt", NULL},
	    {"r?redirect=301&to=b%3Fredirect%3D301%26to%3D/a.txt", "/a.txt", "/a.txt"},
	    {"r?redirect=301&to=/b%3Fredirect%3D302%26to%3D/a.txt", "/a.txt",
		"/b?redirect=302&to=/a.txt"},
	    {"r?redirect=302&to=/b%3Fredirect%3D301%26to%3D/a.txt", "/a.txt", NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct seen seen = {0};
		g_autofree char *end = g_strconcat(server->base, rows[i].end, NULL);
		g_autofree char *moved_to =
		    rows[i].moved_to ? g_strconcat(server->base, rows[i].moved_to, NULL) : NULL;
		ask_target(&seen, rows[i].target);
		g_assert_cmpstr(seen.error, ==, NULL);
		g_assert_cmpstr(seen.url, ==, end);
		g_assert_cmpstr(seen.moved_to, ==, moved_to);
		g_assert_cmpstr(seen.body->str, ==, "hello\n");
		seen_clear(&seen);
	}
}

// What goes wrong is said with the address and what came back.
static void
test_failures(void)
{
	static const struct {
		const char *target, *says;
		int status;
	} rows[] = {
	    {"nothing", "the server says 404 not found", 404},
	    {"a.txt?status=410", "the server says 410 gone", 410},
	    {"a.txt?status=503&retry=120", "the server says 503 service unavailable", 503},
	    {"a.txt?status=599", "the server says 599", 599},
	    {"a.txt?loop", "leads on and on", 302},
	    {"a.txt?redirect=302&to=file:///etc/passwd", "which is not followed", 302},
	    {"a.txt?redirect=302&to=ftp://127.0.0.1/x", "which is not followed", 302},
	    {"a.txt?truncate=3", "the connection broke", 200},
	    {"a.txt?length=60", "the connection broke", 200},
	    {"a.txt?drop", "without an answer", 0},
	    {"a.txt?hang", "nothing came for 1 second", 0},
	    {"a.txt?hang=body", "nothing came for 1 second", 200},
	    {"a.txt?zeros=900000&drip=2", "nothing came for 1 second", 200},
	    {"a.txt?headers=2000000", "the connection broke", 200}, // libcurl bounds them
	    // What is no answer to what was asked.
	    {"a.txt?status=301", "the server says 301", 301},
	    {"a.txt?status=304", "the server says 304", 304},
	    {"a.txt?status=206", "the server says 206", 206},
	    {"broken.txt?gzip", "packed in a broken way", 200},
	    {"a.txt?zeros=2000000", "more than 1 MB came", 200},
	    {"a.txt?zeros=2000000&nolength", "more than 1 MB came", 200},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct seen seen = {0};
		g_test_message("%s", rows[i].target);
		ask_target(&seen, rows[i].target);
		g_assert_nonnull(seen.error);
		g_test_message("%s", seen.error);
		g_assert_nonnull(strstr(seen.error, rows[i].says));
		g_assert_nonnull(strstr(seen.error, server->base));
		g_assert_null(strchr(seen.error, '?'));
		g_assert_cmpint(seen.status, ==, rows[i].status);
		seen_clear(&seen);
	}
}

static void
test_retry_after(void)
{
	struct seen seen = {0};

	ask_target(&seen, "a.txt?status=429&retry=120");
	g_assert_cmpint(seen.retry_after_s, ==, 120);
	seen_clear(&seen);
}

static void
test_refused(void)
{
	static const struct {
		const char *url, *says;
	} rows[] = {
	    {"http://127.0.0.1:1/feed.xml", "no connection"},
	    {"http://nowhere.invalid/feed.xml", "nowhere.invalid/feed.xml: no "},
	    {"ftp://127.0.0.1/x", "only http and https"},
	    {"file:///etc/passwd", "only http and https"},
	    {"/etc/passwd", "is no address"},
	    {"http://", "is no address"},
	    {"", "is no address"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct seen seen = {0};
		ask(&seen, (struct net_request){.url = rows[i].url});
		g_assert_nonnull(seen.error);
		g_test_message("%s", seen.error);
		g_assert_nonnull(strstr(seen.error, rows[i].says));
		g_assert_cmpint(seen.body->len, ==, 0);
		seen_clear(&seen);
	}
}

static void
test_local(void)
{
	struct seen seen = {0};
	g_autofree char *path = g_build_filename(server->folder, "with blank ü.txt", NULL);
	g_autofree char *url = g_filename_to_uri(path, NULL, NULL);
	g_autofree char *folder = g_filename_to_uri(server->folder, NULL, NULL);
	g_autofree char *nothing = g_strconcat(folder, "/nothing", NULL);

	g_file_set_contents(path, "local\n", -1, NULL);
	ask(&seen, (struct net_request){.url = url, .local = true});
	g_assert_cmpstr(seen.error, ==, NULL);
	g_assert_cmpint(seen.status, ==, 200);
	g_assert_cmpstr(seen.body->str, ==, "local\n");
	g_autofree char *etag = g_strdup(seen.etag);
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = url, .local = true, .etag = etag});
	g_assert_cmpint(seen.status, ==, 304);
	g_assert_cmpint(seen.body->len, ==, 0);
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = folder, .local = true});
	g_assert_nonnull(strstr(seen.error, "is a folder"));
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = nothing, .local = true});
	g_assert_nonnull(strstr(seen.error, "there is no such file"));
	seen_clear(&seen);
	ask(&seen, (struct net_request){.url = "file:///dev/zero", .local = true});
	g_assert_nonnull(strstr(seen.error, "no ordinary file"));
	seen_clear(&seen);
	// A local address is meant, but this one is not local: nothing changes for it.
	ask(&seen, (struct net_request){.url = "ftp://127.0.0.1/x", .local = true});
	g_assert_nonnull(strstr(seen.error, "only http and https"));
	seen_clear(&seen);
}

static void
test_owner_stops(void)
{
	struct seen seen = {.most = 1};

	ask_target(&seen, "a.txt?zeros=900000");
	g_assert_cmpstr(seen.error, ==, "enough");
	g_assert_cmpint(seen.body->len, <, 900000);
	seen_clear(&seen);
}

// Eight at once, three in all, two a host: all end, and the server never had more than two.
static void
test_many(void)
{
	OWNED(net) net = new_net(3, 2);
	struct seen seen[8] = {0};
	g_autofree char *url = fixture_url(server, "a.txt?drip=3");
	int ended = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++)
		start(net, &seen[i], (struct net_request){.url = url});
	while (ended < (int)G_N_ELEMENTS(seen)) {
		int begun = 0;
		ended = 0;
		net_run(net, 50);
		for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) {
			ended += seen[i].ended;
			begun += seen[i].body->len > 0 && !seen[i].ended;
		}
		g_assert_cmpint(begun, <=, 2);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) {
		g_assert_cmpstr(seen[i].body->str, ==, "hello\n");
		seen_clear(&seen[i]);
	}
}

// What is cancelled, running or waiting, never calls back; the rest goes on.
static void
test_cancel(void)
{
	OWNED(net) net = new_net(4, 1);
	struct seen running = {0}, waiting = {0}, last = {0};
	g_autofree char *slow = fixture_url(server, "a.txt?hang=body");
	g_autofree char *quick = fixture_url(server, "a.txt");
	struct net_request request = {.max_bytes = 1000, .data = on_data, .done = on_done};

	running.body = g_string_new(NULL);
	waiting.body = g_string_new(NULL);
	request.url = slow;
	request.user = &running;
	struct net_transfer *first = net_start(net, &request);
	request.user = &waiting;
	struct net_transfer *second = net_start(net, &request);
	for (int i = 0; i < 3; i++)
		net_run(net, 10);
	start(net, &last, (struct net_request){.url = quick});
	net_cancel(first);
	net_cancel(second);
	while (!last.ended)
		net_run(net, 100);
	g_assert_cmpstr(last.body->str, ==, "hello\n");
	g_assert_cmpint(running.ended + waiting.ended, ==, 0);
	seen_clear(&running);
	seen_clear(&waiting);
	seen_clear(&last);
}

// What runs or waits is dropped without a word.
static void
test_drop(void)
{
	struct net *net = new_net(1, 1);
	struct seen seen[3] = {0};
	g_autofree char *url = fixture_url(server, "a.txt?hang");

	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++)
		start(net, &seen[i], (struct net_request){.url = url});
	net_run(net, 10);
	net_run(net, 10);
	net_free(net);
	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) {
		g_assert_cmpint(seen[i].ended, ==, 0);
		seen_clear(&seen[i]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_setenv("no_proxy", "*", TRUE);
	net_init();
	server = fixture_start();
	fixture_write(server, "a.txt", "hello\n");
	fixture_write(server, "b.txt", "hello\n");
	fixture_write(server, "broken.txt", "");
	fixture_write(server, "broken.txt.gz", "this is not gzip");
	static const char packed[] =
	    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\x00\x20\x30\x3a"
	    "\x36\x06\x00\x00\x00"; // "hello\n"
	g_autofree char *path = g_build_filename(server->folder, "a.txt.gz", NULL);
	g_file_set_contents(path, packed, sizeof packed - 1, NULL);
	g_test_add_func("/net/plain", test_plain);
	g_test_add_func("/net/headers", test_headers);
	g_test_add_func("/net/packed", test_packed);
	g_test_add_func("/net/auth", test_auth);
	g_test_add_func("/net/login-stays", test_login_stays);
	g_test_add_func("/net/account", test_account);
	g_test_add_func("/net/ask", test_ask);
	g_test_add_func("/net/ask-cancelled", test_ask_cancelled);
	g_test_add_func("/net/netrc", test_netrc);
	g_test_add_func("/net/proxy", test_proxy);
	g_test_add_func("/net/slow-names", test_slow_names);
	g_test_add_func("/net/redirects", test_redirects);
	g_test_add_func("/net/failures", test_failures);
	g_test_add_func("/net/retry-after", test_retry_after);
	g_test_add_func("/net/refused", test_refused);
	g_test_add_func("/net/local", test_local);
	g_test_add_func("/net/owner-stops", test_owner_stops);
	g_test_add_func("/net/many", test_many);
	g_test_add_func("/net/cancel", test_cancel);
	g_test_add_func("/net/drop", test_drop);
	int status = g_test_run();
	fixture_stop(server);
	return status;
}
