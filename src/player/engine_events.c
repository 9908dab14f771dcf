// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/engine_events.h"

#include <string.h>

#include "base/i18n.h"
#include "store/texts.h"

static void
give(struct engine *engine, enum engine_kind kind, double value)
{
	struct engine_event event = {.kind = kind, .entry = engine->entry, .value = value};

	engine->take(engine->data, &event);
}

static void
take_position(struct engine *engine, const void *value)
{
	if (engine->restarted)
		give(engine, ENGINE_POSITION, *(const double *)value);
}

static void
take_duration(struct engine *engine, const void *value)
{
	if (engine->restarted)
		give(engine, ENGINE_DURATION, *(const double *)value);
}

static void
take_pause(struct engine *engine, const void *value)
{
	give(engine, ENGINE_PAUSED, *(const int *)value);
}

static void
take_speed(struct engine *engine, const void *value)
{
	give(engine, ENGINE_SPEED, *(const double *)value);
}

static void
take_volume(struct engine *engine, const void *value)
{
	give(engine, ENGINE_VOLUME, *(const double *)value);
}

static void
take_output(struct engine *engine, const void *value)
{
	const char *name = *(const char *const *)value;

	give(engine, ENGINE_SILENT, !engine->silent_on_purpose && strcmp(name, "null") == 0);
}

static const struct {
	const char *name;
	mpv_format format;
	void (*take)(struct engine *engine, const void *value);
} properties[] = {
    {"time-pos", MPV_FORMAT_DOUBLE, take_position},
    {"duration", MPV_FORMAT_DOUBLE, take_duration},
    {"pause", MPV_FORMAT_FLAG, take_pause},
    {"speed", MPV_FORMAT_DOUBLE, take_speed},
    {"volume", MPV_FORMAT_DOUBLE, take_volume},
    {"current-ao", MPV_FORMAT_STRING, take_output},
};

void
engine_observe(struct engine *engine)
{
	mpv_request_log_messages(engine->mpv, "warn");
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		mpv_observe_property(engine->mpv, i, properties[i].name, properties[i].format);
}

static void
on_property(struct engine *engine, const mpv_event *event)
{
	const mpv_event_property *property = event->data;

	if (property->format != MPV_FORMAT_NONE)
		properties[event->reply_userdata].take(engine, property->data);
}

// The first complaint tells most ("HTTP error 404", "Connection refused"); later ones only that it
// could not be opened.
static void
on_log(struct engine *engine, const mpv_event *event)
{
	const mpv_event_log_message *log = event->data;

	if (engine->complaint || g_str_has_prefix(log->prefix, "ao"))
		return;
	if (log->log_level == MPV_LOG_LEVEL_WARN && !strstr(log->text, "HTTP error"))
		return;
	engine->complaint = g_strstrip(g_strdup(log->text));
}

static char *
why(const struct engine *engine, int code)
{
	const char *complaint = engine->complaint;
	const char *http = complaint ? strstr(complaint, "HTTP error ") : NULL;

	if (http && g_str_has_prefix(http, "HTTP error 401"))
		return g_strdup(
		    _("the server wants a name and a password, which go with a download"));
	if (http)
		return g_strdup_printf(_("the server says %s"), http + strlen("HTTP error "));
	if (code == MPV_ERROR_LOADING_FAILED && complaint) {
		const char *tail = strrchr(complaint, ':'); // what comes before says who complains
		return g_strdup(tail && tail[1] == ' ' ? tail + 2 : complaint);
	}
	if (code == MPV_ERROR_UNKNOWN_FORMAT || code == MPV_ERROR_NOTHING_TO_PLAY)
		return g_strdup(_("there is no audio in it that can be decoded"));
	return g_strdup(mpv_error_string(code));
}

void
engine_settle(struct engine *engine)
{
	if (!engine->failing)
		return;
	g_autofree char *text = why(engine, engine->failed_code);
	struct engine_event out = {
	    .kind = ENGINE_FAILED, .entry = engine->failed_entry, .text = text};
	engine->failing = false;
	engine->take(engine->data, &out);
}

// Why it failed was logged before, but mpv hands out what it logged after all else.
static void
on_end(struct engine *engine, const mpv_event *event)
{
	const mpv_event_end_file *end = event->data;
	bool finished = end->reason == MPV_END_FILE_REASON_EOF;
	struct engine_event out = {.kind = finished ? ENGINE_FINISHED : ENGINE_STOPPED,
	    .entry = end->playlist_entry_id};

	engine->restarted = false;
	if (end->reason == MPV_END_FILE_REASON_ERROR) {
		engine->failing = true;
		engine->failed_entry = end->playlist_entry_id;
		engine->failed_code = end->error;
	} else {
		engine->take(engine->data, &out);
	}
}

static const mpv_node *
member(const mpv_node *map, const char *name)
{
	for (int i = 0; map->format == MPV_FORMAT_NODE_MAP && i < map->u.list->num; i++)
		if (strcmp(map->u.list->keys[i], name) == 0)
			return &map->u.list->values[i];
	return NULL;
}

static GPtrArray *
read_chapters(struct engine *engine)
{
	GPtrArray *chapters = g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	mpv_node list;

	if (mpv_get_property(engine->mpv, "chapter-list", MPV_FORMAT_NODE, &list) < 0)
		return chapters;
	for (int i = 0; list.format == MPV_FORMAT_NODE_ARRAY && i < list.u.list->num; i++) {
		const mpv_node *time = member(&list.u.list->values[i], "time");
		const mpv_node *title = member(&list.u.list->values[i], "title");
		bool titled = title && title->format == MPV_FORMAT_STRING;
		if (time && time->format == MPV_FORMAT_DOUBLE)
			g_ptr_array_add(chapters, chapter_new(MAX(time->u.double_, 0), -1,
						      titled ? title->u.string : "", NULL, NULL));
	}
	mpv_free_node_contents(&list);
	return chapters;
}

static void
on_start(struct engine *engine, const mpv_event *event)
{
	engine->entry = ((mpv_event_start_file *)event->data)->playlist_entry_id;
	engine->restarted = false;
	g_clear_pointer(&engine->complaint, g_free);
	char *path = mpv_get_property_string(engine->mpv, "path");
	struct engine_event out = {.kind = ENGINE_START, .entry = engine->entry, .text = path};
	engine->take(engine->data, &out);
	mpv_free(path);
}

static void
on_loaded(struct engine *engine, const mpv_event *event)
{
	g_autoptr(GPtrArray) chapters = read_chapters(engine);
	struct engine_event out = {
	    .kind = ENGINE_LOADED, .entry = engine->entry, .chapters = chapters};
	double duration_s;

	if (mpv_get_property(engine->mpv, "duration", MPV_FORMAT_DOUBLE, &duration_s) >= 0)
		give(engine, ENGINE_DURATION, duration_s);
	engine->take(engine->data, &out);
}

static void
on_restart(struct engine *engine, const mpv_event *event)
{
	engine->restarted = true;
	give(engine, ENGINE_SOUGHT, 0);
}

static void
on_reply(struct engine *engine, const mpv_event *event)
{
	struct engine_event out = {.kind = ENGINE_ACCEPTED, .serial = event->reply_userdata};

	if (event->reply_userdata == 0)
		return;
	if (event->error >= 0) {
		const mpv_node *entry =
		    member(&((mpv_event_command *)event->data)->result, "playlist_entry_id");
		if (!entry || entry->format != MPV_FORMAT_INT64)
			return;
		out.entry = entry->u.int64;
	}
	engine->take(engine->data, &out);
}

static void
on_message(struct engine *engine, const mpv_event *event)
{
	const mpv_event_client_message *message = event->data;
	struct engine_event out = {.kind = ENGINE_MESSAGE,
	    .entry = engine->entry,
	    .argc = message->num_args,
	    .argv = message->args};

	engine->take(engine->data, &out);
}

static void
on_shutdown(struct engine *engine, const mpv_event *event)
{
	give(engine, ENGINE_GONE, 0);
}

static const struct {
	mpv_event_id id;
	void (*take)(struct engine *engine, const mpv_event *event);
} events[] = {
    {MPV_EVENT_PROPERTY_CHANGE, on_property},
    {MPV_EVENT_LOG_MESSAGE, on_log},
    {MPV_EVENT_COMMAND_REPLY, on_reply},
    {MPV_EVENT_START_FILE, on_start},
    {MPV_EVENT_FILE_LOADED, on_loaded},
    {MPV_EVENT_PLAYBACK_RESTART, on_restart},
    {MPV_EVENT_END_FILE, on_end},
    {MPV_EVENT_CLIENT_MESSAGE, on_message},
    {MPV_EVENT_SHUTDOWN, on_shutdown},
};

void
engine_take_event(struct engine *engine, const mpv_event *event)
{
	for (size_t i = 0; i < G_N_ELEMENTS(events); i++) {
		if (events[i].id != event->event_id)
			continue;
		if (events[i].take != on_property && events[i].take != on_log)
			engine_settle(engine);
		events[i].take(engine, event);
	}
}
