// SPDX-License-Identifier: GPL-3.0-or-later
//
// libmpv's options and commands.
#include "config.h"

#include <glib-unix.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "player/engine_events.h"

// What is read comes from strangers. Files that name other files (EDL, playlists, concat, DASH,
// HLS) are not followed: only lavf opens, only these formats, and it opens nothing else.
#define FORMATS                                                                                    \
	"aac,ac3,aiff,amr,ape,asf,au,caf,eac3,flac,matroska,webm,mov,mp4,m4a,mp3,mpc,mpc8,mpeg,"   \
	"mpegts,ogg,tta,w64,wav,wv"

static const char *const options[][2] = {
    {"config", "no"},
    {"terminal", "no"},
    {"input-default-bindings", "no"},
    {"input-vo-keyboard", "no"},
    {"load-scripts", "no"},
    {"ytdl", "no"},
    {"osc", "no"},
    {"idle", "yes"},
    {"video", "no"},
    {"audio-display", "no"},
    {"sid", "no"},
    {"demuxer", "lavf"},
    {"demuxer-lavf-o", "format_whitelist=[" FORMATS "]"},
    {"access-references", "no"},
    {"autoload-files", "no"},
    {"ordered-chapters", "no"},
    {"load-unsafe-playlists", "no"},
    {"resume-playback", "no"},
    // A server without ranges: forward is read on to, back as far as is kept.
    {"force-seekable", "yes"},
    {"demuxer-max-bytes", "8MiB"},
    {"demuxer-max-back-bytes", "4MiB"},
    {"network-timeout", "30"},
    {"tls-verify", "yes"},
    {"user-agent", "hark/" PACKAGE_VERSION},
    {"audio-client-name", "hark"},
    {"audio-fallback-to-null", "yes"},
    {"volume-max", "130"},
};

// Called by libmpv from any thread; may do nothing but unblock us.
static void
wake(void *data)
{
	struct engine *engine = data;

	eventfd_write(engine->wake_fd, 1);
}

static gboolean
dispatch(gint fd, GIOCondition condition, gpointer data)
{
	struct engine *engine = data;
	eventfd_t count;

	eventfd_read(fd, &count);
	for (;;) {
		const mpv_event *event = mpv_wait_event(engine->mpv, 0);
		if (event->event_id == MPV_EVENT_NONE)
			break;
		engine_take_event(engine, event);
	}
	engine_settle(engine);
	return G_SOURCE_CONTINUE;
}

// The certificates to trust. The caller's; NULL where none are known.
static char *
ca_file(const struct engine_settings *settings)
{
	static const char *const known[] = {"/etc/ssl/certs/ca-certificates.crt",
	    "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"};
	const char *set = g_getenv("SSL_CERT_FILE");

	if (settings->ca_file && *settings->ca_file)
		return paths_expand(settings->ca_file);
	if (set && *set)
		return g_strdup(set);
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (access(known[i], R_OK) == 0)
			return g_strdup(known[i]);
	return NULL;
}

// VALUE NULL: stays as it is.
static bool
set(struct engine *engine, const char *name, const char *value, GError **error)
{
	int failed = value ? mpv_set_option_string(engine->mpv, name, value) : 0;

	if (failed >= 0)
		return true;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("libmpv does not take %s=%s: %s."),
	    name, value, mpv_error_string(failed));
	return false;
}

// libmpv knows proxies for http alone; what it finds in the environment it takes by itself.
static const char *
proxy(const struct engine_settings *settings)
{
	if (g_strcmp0(settings->proxy, "off") == 0)
		g_unsetenv("http_proxy");
	return settings->proxy && g_str_has_prefix(settings->proxy, "http://") ? settings->proxy
									       : NULL;
}

static bool
set_all(struct engine *engine, const struct engine_settings *settings, GError **error)
{
	const char *device = settings->device && *settings->device ? settings->device : NULL;
	char speed[G_ASCII_DTOSTR_BUF_SIZE], volume[32];
	g_autofree char *trusted = ca_file(settings);

	g_ascii_formatd(speed, sizeof speed, "%.3f", settings->speed);
	g_snprintf(volume, sizeof volume, "%d", settings->volume);
	for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
		if (!set(engine, options[i][0], options[i][1], error))
			return false;
	return set(engine, "tls-ca-file", trusted, error) &&
	       set(engine, "http-proxy", proxy(settings), error) &&
	       set(engine, "input-ipc-server", settings->ipc_path, error) &&
	       set(engine, "ao", settings->ao, error) &&
	       set(engine, "audio-device", device, error) && set(engine, "speed", speed, error) &&
	       set(engine, "volume", volume, error);
}

struct engine *
engine_new(const struct engine_settings *settings, engine_take *take, void *data, GError **error)
{
	OWNED(engine) engine = g_new0(struct engine, 1);

	engine->take = take;
	engine->data = data;
	engine->silent_on_purpose = g_strcmp0(settings->ao, "null") == 0;
	engine->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	engine->mpv = mpv_create();
	if (!engine->mpv || engine->wake_fd < 0) {
		g_set_error_literal(
		    error, HARK_ERROR, HARK_ERROR_FAILED, _("libmpv does not begin."));
		return NULL;
	}
	if (!set_all(engine, settings, error))
		return NULL;
	int failed = mpv_initialize(engine->mpv);
	if (failed < 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("libmpv does not begin: %s."),
		    mpv_error_string(failed));
		return NULL;
	}
	engine_observe(engine);
	engine->source = g_unix_fd_add(engine->wake_fd, G_IO_IN, dispatch, engine);
	mpv_set_wakeup_callback(engine->mpv, wake, engine);
	return g_steal_pointer(&engine);
}

void
engine_free(struct engine *engine)
{
	if (engine->source)
		g_source_remove(engine->source);
	if (engine->mpv)
		mpv_terminate_destroy(engine->mpv);
	if (engine->wake_fd >= 0)
		close(engine->wake_fd);
	g_free(engine->complaint);
	g_free(engine);
}

static bool
may_open(const char *location)
{
	return location[0] == '/' || g_ascii_strncasecmp(location, "http://", 7) == 0 ||
	       g_ascii_strncasecmp(location, "https://", 8) == 0;
}

static mpv_node
text_node(const char *text)
{
	return (mpv_node){.format = MPV_FORMAT_STRING, .u.string = (char *)text};
}

guint64
engine_load(struct engine *engine, const struct engine_load *load)
{
	char start[G_ASCII_DTOSTR_BUF_SIZE], speed[G_ASCII_DTOSTR_BUF_SIZE];
	g_autofree char *episode =
	    g_strdup_printf("hark-episode=%" G_GINT64_FORMAT, load->episode_id);

	if (!may_open(load->location))
		return 0;
	g_ascii_formatd(start, sizeof start, "%.3f", load->start_s);
	g_ascii_formatd(speed, sizeof speed, "%.3f", load->speed);
	// Options of this file alone. A speed that is not asked for stands last and is not counted.
	const char *names[] = {"start", "script-opts-append", "force-media-title", "speed"};
	mpv_node values[] = {text_node(start), text_node(episode),
	    text_node(load->title ? load->title : ""), text_node(speed)};
	mpv_node_list list = {load->speed > 0 ? 4 : 3, values, (char **)names};
	const char *arguments[] = {"name", "url", "flags", "options"};
	mpv_node words[] = {text_node("loadfile"), text_node(load->location), text_node("replace"),
	    {.format = MPV_FORMAT_NODE_MAP, .u.list = &list}};
	mpv_node_list named = {G_N_ELEMENTS(words), words, (char **)arguments};
	mpv_node command = {.format = MPV_FORMAT_NODE_MAP, .u.list = &named};

	engine_pause(engine, false);
	return mpv_command_node_async(engine->mpv, ++engine->serial, &command) < 0 ? 0
										   : engine->serial;
}

void
engine_stop(struct engine *engine)
{
	mpv_command_async(engine->mpv, 0, (const char *[]){"stop", NULL});
}

void
engine_seek(struct engine *engine, double position_s)
{
	char position[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_formatd(position, sizeof position, "%.3f", position_s);
	mpv_command_async(
	    engine->mpv, 0, (const char *[]){"seek", position, "absolute+exact", NULL});
}

void
engine_pause(struct engine *engine, bool paused)
{
	int flag = paused;

	mpv_set_property_async(engine->mpv, 0, "pause", MPV_FORMAT_FLAG, &flag);
}

void
engine_sound(struct engine *engine, double speed, double volume)
{
	mpv_set_property_async(engine->mpv, 0, "speed", MPV_FORMAT_DOUBLE, &speed);
	mpv_set_property_async(engine->mpv, 0, "volume", MPV_FORMAT_DOUBLE, &volume);
}

void
engine_tell(struct engine *engine, const char *name, const char *word)
{
	mpv_command_async(engine->mpv, 0, (const char *[]){"script-message", name, word, NULL});
}
