// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of wordings. Languages are ISO 639-1; the lookup does not ask for the notes' own
// language, for shows mix them.
#include "text/phrases.h"

#include <glib.h>
#include <string.h>

static const struct phrase headings[] = {
    // Show notes: neutral, and so are those that name several parts.
    {"show notes", SECTION_NOTES, PHRASE_IS, "en"},
    {"shownotes", SECTION_NOTES, PHRASE_IS, "en"},
    {"the show notes", SECTION_NOTES, PHRASE_IS, "en"},
    {"episode notes", SECTION_NOTES, PHRASE_IS, "en"},
    {"episode show notes", SECTION_NOTES, PHRASE_IS, "en"},
    {"notes", SECTION_NOTES, PHRASE_IS, "en"},
    {"show notes & transcript", SECTION_NOTES, PHRASE_IS, "en"},
    {"episode show notes & transcript", SECTION_NOTES, PHRASE_IS, "en"},
    {"show notes transcript chapter markers", SECTION_NOTES, PHRASE_IS, "en"},
    {"episode summary", SECTION_NOTES, PHRASE_IS, "en"},
    {"summary", SECTION_NOTES, PHRASE_IS, "en"},
    {"about this episode", SECTION_NOTES, PHRASE_IS, "en"},
    {"zur folge", SECTION_NOTES, PHRASE_IS, "de"},
    {"notizen", SECTION_NOTES, PHRASE_IS, "de"},
    {"zusammenfassung", SECTION_NOTES, PHRASE_IS, "de"},
    {"notes de l'épisode", SECTION_NOTES, PHRASE_IS, "fr"},
    {"notas del episodio", SECTION_NOTES, PHRASE_IS, "es"},
    {"note dell'episodio", SECTION_NOTES, PHRASE_IS, "it"},
    {"keywords", SECTION_CREDITS, PHRASE_IS, "en"},
    {"tags", SECTION_CREDITS, PHRASE_IS, "en"},

    // Transcript.
    {"transcript", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"transcription", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"full transcript", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"episode transcript", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"full episode transcript", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"show transcript", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"podcast transcript", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"transcript below", SECTION_TRANSCRIPT, PHRASE_IS, "en"},
    {"transkript", SECTION_TRANSCRIPT, PHRASE_IS, "de"},
    {"transkription", SECTION_TRANSCRIPT, PHRASE_IS, "de"},
    {"abschrift", SECTION_TRANSCRIPT, PHRASE_IS, "de"},
    {"transcription complète", SECTION_TRANSCRIPT, PHRASE_IS, "fr"},
    {"transcripción", SECTION_TRANSCRIPT, PHRASE_IS, "es"},
    {"transcrição", SECTION_TRANSCRIPT, PHRASE_IS, "pt"},
    {"trascrizione", SECTION_TRANSCRIPT, PHRASE_IS, "it"},
    {"transcriptie", SECTION_TRANSCRIPT, PHRASE_IS, "nl"},
    {"transkrypcja", SECTION_TRANSCRIPT, PHRASE_IS, "pl"},
    {"transkripsjon", SECTION_TRANSCRIPT, PHRASE_IS, "nb"},
    {"transcript", SECTION_TRANSCRIPT, PHRASE_HOLDS, "en"},
    {"transkript", SECTION_TRANSCRIPT, PHRASE_HOLDS, "de"},

    // Sponsors.
    {"sponsors", SECTION_SPONSORS, PHRASE_IS, "en"},
    {"sponsor", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"brought to you by", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"supported by", SECTION_SPONSORS, PHRASE_BEGINS, "en"},
    {"affiliate", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"discount", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"promo code", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"the classifieds", SECTION_SPONSORS, PHRASE_IS, "en"},
    {"special offer", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"advertis", SECTION_SPONSORS, PHRASE_HOLDS, "en"},
    {"werbung", SECTION_SPONSORS, PHRASE_HOLDS, "de"},
    {"werbepartner", SECTION_SPONSORS, PHRASE_HOLDS, "de"},
    {"anzeige", SECTION_SPONSORS, PHRASE_BEGINS, "de"},
    {"unterstützt von", SECTION_SPONSORS, PHRASE_HOLDS, "de"},
    {"unsere partner", SECTION_SPONSORS, PHRASE_BEGINS, "de"},
    {"partenaire", SECTION_SPONSORS, PHRASE_HOLDS, "fr"},
    {"patrocin", SECTION_SPONSORS, PHRASE_HOLDS, "es"},

    // Times.
    {"timestamps", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"time stamps", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"timecodes", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"chapters", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"chapter markers", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"outline", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"table of contents", SECTION_TIMESTAMPS, PHRASE_IS, "en"},
    {"timestamp", SECTION_TIMESTAMPS, PHRASE_HOLDS, "en"},
    {"time stamp", SECTION_TIMESTAMPS, PHRASE_HOLDS, "en"},
    {"timecode", SECTION_TIMESTAMPS, PHRASE_HOLDS, "en"},
    {"kapitel", SECTION_TIMESTAMPS, PHRASE_IS, "de"},
    {"kapitelmarken", SECTION_TIMESTAMPS, PHRASE_IS, "de"},
    {"zeitmarken", SECTION_TIMESTAMPS, PHRASE_IS, "de"},
    {"inhaltsverzeichnis", SECTION_TIMESTAMPS, PHRASE_IS, "de"},
    {"sommaire", SECTION_TIMESTAMPS, PHRASE_IS, "fr"},
    {"chapitres", SECTION_TIMESTAMPS, PHRASE_IS, "fr"},
    {"capítulos", SECTION_TIMESTAMPS, PHRASE_IS, "es"},
    {"capitoli", SECTION_TIMESTAMPS, PHRASE_IS, "it"},
    {"hoofdstukken", SECTION_TIMESTAMPS, PHRASE_IS, "nl"},

    // Links that a wording of highlights would else take: these stand above them.
    {"links", SECTION_LINKS, PHRASE_IS, "en"},
    {"show links", SECTION_LINKS, PHRASE_IS, "en"},
    {"episode links", SECTION_LINKS, PHRASE_IS, "en"},
    {"resources", SECTION_LINKS, PHRASE_IS, "en"},
    {"references", SECTION_LINKS, PHRASE_IS, "en"},
    {"further reading", SECTION_LINKS, PHRASE_IS, "en"},
    {"recommended reading", SECTION_LINKS, PHRASE_IS, "en"},
    {"read more", SECTION_LINKS, PHRASE_IS, "en"},
    {"read all about it", SECTION_LINKS, PHRASE_IS, "en"},
    {"works referenced", SECTION_LINKS, PHRASE_IS, "en"},
    {"works cited", SECTION_LINKS, PHRASE_IS, "en"},
    {"sources", SECTION_LINKS, PHRASE_IS, "en"},
    {"sick picks", SECTION_LINKS, PHRASE_IS, "en"},
    {"siiiiick ××× piiiicks", SECTION_LINKS, PHRASE_IS, "en"},
    {"shameless plugs", SECTION_LINKS, PHRASE_IS, "en"},
    {"picks", SECTION_LINKS, PHRASE_IS, "en"},
    {"extras", SECTION_LINKS, PHRASE_IS, "en"},
    {"joke", SECTION_LINKS, PHRASE_IS, "en"},
    {"link", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"resource", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"mentioned", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"mentions", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"referenced", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"references", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"featured in", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"reading", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"books", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"related", SECTION_LINKS, PHRASE_BEGINS, "en"},
    {"recommend", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"recs", SECTION_LINKS, PHRASE_BEGINS, "en"},
    {"past episodes", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"previous episodes", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"other episodes", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"previously on", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"pick of the week", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"picks", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"check outs", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"checkouts", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"shout outs", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"shout-outs", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"plugs", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"plugz", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"tool of the week", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"more from this episode", SECTION_LINKS, PHRASE_HOLDS, "en"},
    {"quellen", SECTION_LINKS, PHRASE_HOLDS, "de"},
    {"literatur", SECTION_LINKS, PHRASE_BEGINS, "de"},
    {"weiterführend", SECTION_LINKS, PHRASE_BEGINS, "de"},
    {"erwähnt", SECTION_LINKS, PHRASE_HOLDS, "de"},
    {"empfehlung", SECTION_LINKS, PHRASE_HOLDS, "de"},
    {"liens", SECTION_LINKS, PHRASE_HOLDS, "fr"},
    {"ressources", SECTION_LINKS, PHRASE_HOLDS, "fr"},
    {"références", SECTION_LINKS, PHRASE_HOLDS, "fr"},
    {"enlaces", SECTION_LINKS, PHRASE_HOLDS, "es"},
    {"recursos", SECTION_LINKS, PHRASE_HOLDS, "es"},
    {"fonti", SECTION_LINKS, PHRASE_IS, "it"},
    {"lenker", SECTION_LINKS, PHRASE_IS, "nb"},
    {"länkar", SECTION_LINKS, PHRASE_IS, "sv"},
    {"linki", SECTION_LINKS, PHRASE_IS, "pl"},

    // People.
    {"guests", SECTION_GUESTS, PHRASE_IS, "en"},
    {"guest", SECTION_GUESTS, PHRASE_IS, "en"},
    {"hosts", SECTION_GUESTS, PHRASE_IS, "en"},
    {"host", SECTION_GUESTS, PHRASE_IS, "en"},
    {"your hosts", SECTION_GUESTS, PHRASE_IS, "en"},
    {"panelists", SECTION_GUESTS, PHRASE_IS, "en"},
    {"guest", SECTION_GUESTS, PHRASE_HOLDS, "en"},
    {"hosts", SECTION_GUESTS, PHRASE_HOLDS, "en"},
    {"where to find", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"find ", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"connect with", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"follow", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"learn more about our people", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"participants", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"speakers", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"gäste", SECTION_GUESTS, PHRASE_BEGINS, "de"},
    {"gast", SECTION_GUESTS, PHRASE_IS, "de"},
    {"mitwirkende", SECTION_GUESTS, PHRASE_BEGINS, "de"},
    {"beteiligte", SECTION_GUESTS, PHRASE_BEGINS, "de"},
    {"moderation", SECTION_GUESTS, PHRASE_BEGINS, "de"},
    {"invité", SECTION_GUESTS, PHRASE_BEGINS, "fr"},
    {"invitado", SECTION_GUESTS, PHRASE_BEGINS, "es"},

    // Support and credits.
    {"support", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"subscribe", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"donate", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"patreon", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"newsletter", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"tweet us", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"contact", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"get in touch", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"join", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"rate", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"leave a review", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"boost this episode", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"contributing", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"upcoming", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"tour dates", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"dates", SECTION_SUPPORT, PHRASE_HOLDS, "en"},
    {"if you enjoyed", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"listen to", SECTION_SUPPORT, PHRASE_BEGINS, "en"},
    {"itunes", SECTION_SUPPORT, PHRASE_IS, "en"},
    {"rss", SECTION_SUPPORT, PHRASE_IS, "en"},
    {"unterstütz", SECTION_SUPPORT, PHRASE_HOLDS, "de"},
    {"abonnier", SECTION_SUPPORT, PHRASE_HOLDS, "de"},
    {"kontakt", SECTION_SUPPORT, PHRASE_BEGINS, "de"},
    {"spenden", SECTION_SUPPORT, PHRASE_HOLDS, "de"},
    {"credits", SECTION_CREDITS, PHRASE_HOLDS, "en"},
    {"cast", SECTION_CREDITS, PHRASE_IS, "en"},
    {"starring", SECTION_CREDITS, PHRASE_BEGINS, "en"},
    {"also featuring", SECTION_CREDITS, PHRASE_BEGINS, "en"},
    {"producers", SECTION_CREDITS, PHRASE_HOLDS, "en"},
    {"produced by", SECTION_CREDITS, PHRASE_HOLDS, "en"},
    {"special thanks", SECTION_CREDITS, PHRASE_BEGINS, "en"},
    {"thanks to", SECTION_CREDITS, PHRASE_BEGINS, "en"},
    {"music", SECTION_CREDITS, PHRASE_BEGINS, "en"},
    {"disclaimer", SECTION_CREDITS, PHRASE_HOLDS, "en"},
    {"impressum", SECTION_CREDITS, PHRASE_BEGINS, "de"},
    {"musik", SECTION_CREDITS, PHRASE_BEGINS, "de"},

    // Highlights.
    {"highlights", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"show highlights", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"episode highlights", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"topics", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"topics covered", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"topics discussed", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"key takeaways", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"takeaways", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"take-aways", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"main takeaways", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"key points", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"key topics", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"agenda", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"rundown", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"in this episode", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"in today's episode", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"on this episode", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"this week", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"what you'll learn", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"we discuss", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"we cover", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"we talk about", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"we talked about", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"themen", SECTION_HIGHLIGHTS, PHRASE_IS, "de"},
    {"inhalt", SECTION_HIGHLIGHTS, PHRASE_IS, "de"},
    {"in dieser folge", SECTION_HIGHLIGHTS, PHRASE_IS, "de"},
    {"in dieser episode", SECTION_HIGHLIGHTS, PHRASE_IS, "de"},
    {"darum geht's", SECTION_HIGHLIGHTS, PHRASE_IS, "de"},
    {"darum geht es", SECTION_HIGHLIGHTS, PHRASE_IS, "de"},
    {"au programme", SECTION_HIGHLIGHTS, PHRASE_IS, "fr"},
    {"dans cet épisode", SECTION_HIGHLIGHTS, PHRASE_IS, "fr"},
    {"en este episodio", SECTION_HIGHLIGHTS, PHRASE_IS, "es"},
    {"temas", SECTION_HIGHLIGHTS, PHRASE_IS, "es"},
    {"neste episódio", SECTION_HIGHLIGHTS, PHRASE_IS, "pt"},
    {"in questo episodio", SECTION_HIGHLIGHTS, PHRASE_IS, "it"},
    {"in questa puntata", SECTION_HIGHLIGHTS, PHRASE_IS, "it"},
    {"in deze aflevering", SECTION_HIGHLIGHTS, PHRASE_IS, "nl"},
    {"w audycji", SECTION_HIGHLIGHTS, PHRASE_IS, "pl"},
    {"w tym odcinku", SECTION_HIGHLIGHTS, PHRASE_IS, "pl"},
    {"i denne episoden", SECTION_HIGHLIGHTS, PHRASE_IS, "nb"},
    {"i dette afsnit", SECTION_HIGHLIGHTS, PHRASE_IS, "da"},
    {"i det här avsnittet", SECTION_HIGHLIGHTS, PHRASE_IS, "sv"},
    {"tässä jaksossa", SECTION_HIGHLIGHTS, PHRASE_IS, "fi"},
    {"в этом выпуске", SECTION_HIGHLIGHTS, PHRASE_IS, "ru"},
    {"темы", SECTION_HIGHLIGHTS, PHRASE_IS, "ru"},
    {"highlight", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"takeaway", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"take-away", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"take away", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"topics", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"key point", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"key moment", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"key lesson", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"key insight", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"main points", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"you'll learn", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"you will learn", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"you'll hear", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"you'll discover", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "en"},
    {"learn more about", SECTION_HIGHLIGHTS, PHRASE_IS, "en"},
    {"story of the week", SECTION_HIGHLIGHTS, PHRASE_BEGINS, "en"},
    {"themen der", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "de"},
    {"unsere themen", SECTION_HIGHLIGHTS, PHRASE_HOLDS, "de"},

    // About: after highlights, for "about this topic".
    {"about", SECTION_GUESTS, PHRASE_BEGINS, "en"},
    {"über", SECTION_GUESTS, PHRASE_BEGINS, "de"},
};

static const struct cue_phrase cues[] = {
    {"highlights", 8, false, "en"},
    {"takeaways", 8, false, "en"},
    {"take aways", 8, false, "en"},
    {"take-aways", 8, false, "en"},
    {"stood out", 5, false, "en"},
    {"topics came up", 4, true, "en"},
    {"topics", 8, false, "en"},
    {"take away from this", 2, true, "en"},
    {"take away from", 4, false, "en"},
    {"we talk about", 3, false, "en"},
    {"we talked about", 3, false, "en"},
    {"i talk about", 3, false, "en"},
    {"we also talked about", 3, false, "en"},
    {"we spoke about", 3, false, "en"},
    {"we discuss", 3, false, "en"},
    {"we discussed", 3, false, "en"},
    {"we discussed was", 12, false, "en"},
    {"discussed in this", 3, false, "en"},
    {"we cover", 3, false, "en"},
    {"we covered", 3, false, "en"},
    {"conversation covers", 2, false, "en"},
    {"conversation covered", 2, false, "en"},
    {"episode covers", 2, false, "en"},
    {"i covered", 4, false, "en"},
    {"what we covered", 4, false, "en"},
    {"we dive into", 2, false, "en"},
    {"we explore", 2, false, "en"},
    {"we get into", 2, false, "en"},
    {"we hit on", 10, false, "en"},
    {"talk about", 1, false, "en"},
    {"you'll learn", 3, false, "en"},
    {"you will learn", 3, false, "en"},
    {"you'll hear", 3, false, "en"},
    {"things we talked about", 3, false, "en"},
    {"key points", 6, false, "en"},
    {"key moments", 6, false, "en"},
    {"key insights", 6, false, "en"},
    {"lessons", 6, false, "en"},
    {"agenda", 3, false, "en"},
    {"themen", 4, false, "de"},
    {"wir sprechen über", 2, false, "de"},
    {"wir reden über", 2, false, "de"},
    {"es geht um", 2, false, "de"},
    {"in dieser folge", 2, false, "de"},
    {"in dieser episode", 2, false, "de"},
    {"in dieser sendung", 2, false, "de"},
    {"fragen", 4, false, "de"},
    {"au programme", 4, false, "fr"},
    {"nous parlons de", 2, false, "fr"},
    {"on parle de", 2, false, "fr"},
    {"hablamos de", 2, false, "es"},
    {"temas", 3, false, "es"},
    {"falamos sobre", 2, false, "pt"},
    {"parliamo di", 2, false, "it"},
    {"we praten over", 2, false, "nl"},
    {"w audycji", 2, false, "pl"},
    {"w odcinku", 2, false, "pl"},
    {"w tym odcinku", 2, false, "pl"},
    {"vi snakker om", 2, false, "nb"},
    {"vi pratar om", 2, false, "sv"},
    {"vi taler om", 2, false, "da"},
};

static const char *const closing[] = {"thanks for listening", "thank you for listening",
    "thanks for tuning in", "check out the full", "check out this full", "check out the whole",
    "listen to the full", "listen to the entire", "listen to the whole", "listen to the episode",
    "listen to the rest", "listen to find out", "tune in", "learn more here",
    "if you want more information", "if you enjoyed", "if you liked", "subscribe to", "follow us",
    "follow me", "support the show", "support this", "support us", "brought to you by",
    "sponsored by", "our sponsor", "hosted on acast", "for more information",
    "hosted by simplecast", "see omnystudio", "find out more about", "leave a review",
    "leave us a review", "join us on", "viel spaß", "danke fürs zuhören", "hört rein",
    "merci de votre écoute", "gracias por escuchar", NULL};
static const char *const go_on[] = {"also,", "also ", "this ", "that ", "that's", "which ", "and ",
    "but ", "because ", "so ", "or ", "on the other hand", "in this case", "it ", "it's", "they ",
    "these ", "those ", "he ", "she ", "his ", "her ", "in fact", "even so", "however",
    "for example", "going back", "in the case", "just because", "result:", "many ", "i think",
    "we ", "one thing i", "both ", "und ", "aber ", "das ", "außerdem", "denn ", "dabei ",
    "du coup", "mais ", NULL};
static const char *const example[] = {"for example", "for instance", "including", "such as",
    "these include", "like", "zum beispiel", "darunter", "par exemple", "por ejemplo", NULL};
static const char *const openers[] = {"why", "how", "what", "when", "where", "who", "whether",
    "which", "the", "a", "an", "in", "on", "is", "are", "if", "do", "does", "can", "should",
    "there", "this", "that", "these", "and", "but", "or", "so", "to", "for", "from", "with", "some",
    "we", "you", "your", "our", "his", "her", "their", "its", "my", "using", "not", "no", "more",
    "most", "at", "as", "by", "warum", "wie", "was", "wann", "wo", "wer", "der", "die", "das",
    "ein", "eine", "und", "wir", "außerdem", "pourquoi", "comment", "le", "la", "les", "un", "une",
    "por", "cómo", "qué", "el", "los", NULL};
static const char *const no_topic[] = {"intro", "introduction", "introductions", "outro", "welcome",
    "pre-show", "post-show", "preshow", "postshow", "housekeeping", "feedback", "picks",
    "follow-up", "follow up", "followup", "extras", "joke", "closing thoughts", "closing",
    "final thoughts", "thanks", "credits", "wrap up", "wrap-up", "conclusion", "goodbye",
    "ad break", "ads", "break", "begrüßung", "verabschiedung", "abschied", "einleitung",
    "vorstellung", "#askatp", "sign off", "start", "end", "and more", "and much more",
    "und vieles mehr", NULL};
static const char *const empty[] = {"hello", "hi ", "hey ", "welcome to", "welcome back",
    "thanks for listening", "thank you for listening", "brought to you by", "sponsored by",
    "this episode is brought", "this episode is sponsored", "this episode was sponsored",
    "today's sponsor", "our sponsor", "hosted on acast", "see omnystudio", "see acast",
    "learn more about your ad choices", "see privacy policy", "support us", "support the show",
    "support this", "subscribe", "follow us", "full transcript", "read the transcript",
    "listen early", "listen ad-free", "join ", "download the mp3", "privacy",
    "advertising inquiries", "get bonus", "become a ", "show notes", "shownotes", "links",
    "transcript", "for full show notes", "to find out more", "please ", "http", "www.",
    "if you want to", "warning:", "podcasting 2.0 for", "hosted by simplecast", "send us ",
    "visit ", "willkommen", "herzlich willkommen", "hallo", "moin", "werbung", "bienvenue",
    "bienvenid", "our sponsors", "this episode's sponsors", NULL};
static const char *const short_words[] = {"mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e",
    "etc", "no", "vol", "ep", "jr", "sr", "inc", "ltd", "z.b", "d.h", "u.a", "bzw", "ca", "nr",
    "feat", "ft", "approx", NULL};

static const char *const ad[] = {"sponsor", "brought to you by", "today's sponsor", "advertisement",
    "ad:", "this episode is sponsored", "werbung", "anzeige", "ending theme", "theme music", NULL};
static const char *const footer[] = {"hosted on acast", "see acast", "see omnystudio",
    "learn more about your ad choices", "hosted by simplecast", "see privacy policy",
    "advertising inquiries", "privacy & opt-out", "rate, review", "subscribe", NULL};

static const char *const *const lists[] = {
    [PHRASES_AD] = ad,
    [PHRASES_FOOTER] = footer,
    [PHRASES_CLOSING] = closing,
    [PHRASES_GO_ON] = go_on,
    [PHRASES_EXAMPLE] = example,
    [PHRASES_OPENERS] = openers,
    [PHRASES_NO_TOPIC] = no_topic,
    [PHRASES_EMPTY] = empty,
    [PHRASES_SHORT] = short_words,
};

static bool
is_ornament(gunichar c)
{
	if (c < 0x80)
		return !g_ascii_isalnum(c);
	if (g_unichar_isalnum(c) || c == 0x2019)
		return false;
	return true;
}

// Where the words of TEXT begin, behind ornaments, a code and what closes it.
static const char *
words_start(const char *p, const char *end)
{
	while (p < end && is_ornament(g_utf8_get_char(p))) {
		if (*p == '#' && p + 1 < end && g_ascii_isalnum(p[1]))
			break;
		p = g_utf8_next_char(p);
	}
	return MIN(p, end);
}

size_t
phrases_fold(const char *text, size_t len, char *out, size_t size)
{
	const char *end = text + len, *p = words_start(text, end);
	size_t n = 0;
	bool blank = false;

	while (p < end && n + 8 < size) {
		gunichar c = g_utf8_get_char(p);

		p = g_utf8_next_char(p);
		if (c == ' ' || c == '\n' || c == '\t' || c == 0xa0) {
			blank = n > 0;
			continue;
		}
		if (blank)
			out[n++] = ' ';
		blank = false;
		if (c == 0x2019 || c == 0x2018)
			c = '\'';
		if (c < 0x80)
			out[n++] = g_ascii_tolower(c);
		else
			n += g_unichar_to_utf8(g_unichar_tolower(c), out + n);
	}
	// Ornaments behind the words, but for what ends a sentence's sense: none.
	out[n] = '\0';
	while (n > 0) {
		char *last = g_utf8_find_prev_char(out, out + n);

		if (!last || !is_ornament(g_utf8_get_char(last)))
			break;
		n = last - out;
		out[n] = '\0';
	}
	return n;
}

static bool
word_border(const char *folded, const char *at)
{
	return at == folded || !(g_ascii_isalnum(at[-1]) || at[-1] & 0x80);
}

// The bytes that words of a text begin with: most rows are told off by a glance at it.
struct starts {
	guint64 bits[4];
};

static struct starts
starts_of(const char *folded)
{
	struct starts starts = {{0}};

	for (const char *p = folded; *p; p++)
		if (word_border(folded, p))
			starts.bits[(guchar)*p >> 6] |= 1ULL << ((guchar)*p & 63);
	return starts;
}

static const char *
find_phrase(const char *folded, const struct starts *starts, const char *text)
{
	if (!(starts->bits[(guchar)*text >> 6] >> ((guchar)*text & 63) & 1))
		return NULL;
	for (const char *at = folded; (at = strstr(at, text)); at++)
		if (word_border(folded, at))
			return at;
	return NULL;
}

enum section_kind
phrases_heading(const char *folded, bool *exact)
{
	struct starts starts = starts_of(folded);

	for (size_t i = 0; i < G_N_ELEMENTS(headings); i++) {
		const struct phrase *row = &headings[i];
		bool fits = false;

		switch (row->where) {
		case PHRASE_IS:
			fits = row->text[0] == folded[0] && strcmp(row->text, folded) == 0;
			break;
		case PHRASE_BEGINS:
			fits = row->text[0] == folded[0] && g_str_has_prefix(folded, row->text);
			break;
		case PHRASE_HOLDS:
			fits = find_phrase(folded, &starts, row->text) != NULL;
			break;
		}
		if (fits) {
			*exact = row->where == PHRASE_IS;
			return row->kind;
		}
	}
	*exact = false;
	return SECTION_NONE;
}

static int
count_words(const char *p)
{
	int words = 0;

	for (; *p; p++)
		words += *p == ' ' && p[1] && p[1] != ' ';
	return words;
}

bool
phrases_cue(const char *clause, bool sentence)
{
	struct starts starts = starts_of(clause);

	for (size_t i = 0; i < G_N_ELEMENTS(cues); i++) {
		const struct cue_phrase *cue = &cues[i];
		const char *at =
		    sentence && !cue->sentence ? NULL : find_phrase(clause, &starts, cue->text);

		if (at && !g_ascii_isalpha(at[strlen(cue->text)]) &&
		    count_words(at + strlen(cue->text)) <= cue->tail)
			return true;
	}
	return false;
}

bool
phrases_match(enum phrase_list list, const char *folded, bool anywhere)
{
	struct starts starts = anywhere ? starts_of(folded) : (struct starts){{0}};

	for (const char *const *row = lists[list]; *row; row++) {
		size_t n = strlen(*row);

		if (anywhere ? find_phrase(folded, &starts, *row) != NULL
			     : strncmp(folded, *row, n) == 0)
			return true;
	}
	return false;
}

bool
phrases_is(enum phrase_list list, const char *folded)
{
	for (const char *const *row = lists[list]; *row; row++)
		if (strcmp(*row, folded) == 0)
			return true;
	return false;
}
