/*
 * status_code_hint.c
 *		Guesses which code a text was meant to be, for the hint of an error message.
 *
 * A wrong guess is worse than none, so a text must have much in common with
 * the code, the name, the title or the variant that it is taken for:
 *
 *	- the first character;
 *	- all digits, because another number is another code and no misspelling;
 *	- the other characters, but for one in five.
 *
 * A provider that is not spelled right must be as near as that to a built-in
 * one.  Where no provider is given, words that stand in every table of jobs
 * ("error", "pending") are no code's, and nor are those that several providers use.
 */
#include "status_code_hint.h"

#include "status_code_match.h"
#include "text_match.h"

/* A guess may differ from the text in one of so many characters, up to this many in all. */
#define CHARACTERS_PER_ERROR 5
#define MOST_ERRORS 5

/* A text that is cut short, of so many characters at least, is farther away than any misspelling. */
#define SHORTEST_BEGINNING 6
#define BEGINNING_DISTANCE (2 * MOST_ERRORS + 1)

#define TOO_FAR (BEGINNING_DISTANCE + 1)

/* The shortest text that may be a code without its provider. */
#define SHORTEST_WITHOUT_PROVIDER 4

PG_FUNCTION_INFO_V1(status_code_nearest);

/* Normalized words that say nothing of a provider. */
static const char *const common_words[] = {
	"accepted", "active", "authenticating", "authorized", "authorizing", "available", "blank",
	"blocked", "canceled", "cancelled", "challenged", "closed", "completed", "connected", "created",
	"creating", "degraded", "delayed", "deleted", "denied", "disabled", "disconnected",
	"discontinued", "done", "down", "enqueued", "error", "executed", "expired", "failed", "failure",
	"finish", "finished", "healthy", "impaired", "impeded", "imported", "inactive", "initiated",
	"interrupted", "invalid", "merging", "none", "notavailable", "null", "open", "outdated",
	"partial", "paid", "paused", "pending", "prevented", "processing", "queued", "ready", "reconnected",
	"refunded", "register", "rejected", "required", "resumed", "revoked", "running", "scheduled",
	"settled", "started", "starting", "submitted", "succeeded", "success", "suspended", "test",
	"timeout", "unavailable", "undefined", "unknown", "unknownerror", "unsubscribed", "updated",
	"updating", "valid", "waiting"
};

/* A text, and the best guess so far. */
typedef struct Guess
{
	NormalizedText wanted;
	bool		with_provider;
	const CatalogCode *best;
	int			distance;
	bool		tie;
} Guess;

static int
errors_allowed(const NormalizedText *text)
{
	return Min(text->len / CHARACTERS_PER_ERROR, MOST_ERRORS);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Do two texts have the same digits, in the same order? */
static bool
same_digits(const NormalizedText *a, const NormalizedText *b)
{
	int			i = 0;
	int			j = 0;

	for (;;)
	{
		while (i < a->len && !is_digit(a->data[i]))
			i++;
		while (j < b->len && !is_digit(b->data[j]))
			j++;
		if (i == a->len || j == b->len)
			return i == a->len && j == b->len;
		if (a->data[i++] != b->data[j++])
			return false;
	}
}

static bool
is_common(const NormalizedText *text)
{
	for (int i = 0; i < (int) lengthof(common_words); i++)
	{
		if (text->len == (int) strlen(common_words[i]) &&
			memcmp(text->data, common_words[i], text->len) == 0)
			return true;
	}
	return false;
}

/*
 * How far a text is from another one that it may be meant for; TOO_FAR if it
 * is not.
 */
static int
distance_to(const Guess *guess, const NormalizedText *wanted, const char *text, int len)
{
	NormalizedText candidate;
	int			limit = errors_allowed(wanted);
	int			distance;

	/* Most candidates fail here.  What does not begin with a letter may be normalized away. */
	if (len == 0 ||
		(is_letter(text[0]) && pg_ascii_tolower((unsigned char) text[0]) != wanted->data[0]))
		return TOO_FAR;
	text_normalize(&candidate, text, len);
	if (candidate.len == 0 || candidate.data[0] != wanted->data[0])
		return TOO_FAR;

	distance = text_distance(wanted, &candidate, limit);
	if (distance > limit)
	{
		if (!guess->with_provider || wanted->len < SHORTEST_BEGINNING ||
			wanted->len >= candidate.len ||
			memcmp(wanted->data, candidate.data, wanted->len) != 0)
			return TOO_FAR;
		return BEGINNING_DISTANCE;
	}
	if (!same_digits(wanted, &candidate) || (!guess->with_provider && is_common(&candidate)))
		return TOO_FAR;
	return distance;
}

static int
distance_to_text(const Guess *guess, const text *candidate)
{
	if (candidate == NULL)
		return TOO_FAR;
	return distance_to(guess, &guess->wanted, VARDATA_ANY(candidate),
					   VARSIZE_ANY_EXHDR(candidate));
}

/*
 * How far the wanted text, which is without the provider, is from an entry.
 * Of equal distances, that from the code is the shorter one; but where the text
 * names no provider, the code of one is as near as the name of another's.
 */
static int
distance_to_entry(const Guess *guess, const CatalogCode *entry)
{
	StatusCodeParts parts = status_code_split(entry->text, entry->text_len);
	int			by_code;
	int			by_words;

	by_code = distance_to(guess, &guess->wanted, parts.code,
						  entry->text + entry->text_len - parts.code);
	by_words = Min(distance_to_text(guess, entry->own->name),
				   distance_to_text(guess, entry->own->title));
	if (parts.variant)
		by_words = Min(by_words, distance_to(guess, &guess->wanted, parts.variant,
											 parts.variant_len));
	return Min(2 * by_code, 2 * by_words + (guess->with_provider ? 1 : 0));
}

/*
 * Of two codes that are equally near, the likelier is meant: one in use, and
 * one that a document lists.  Of those that begin with a text, neither is.
 */
static int
likelihood(const CatalogCode *code, int distance)
{
	if (distance >= 2 * BEGINNING_DISTANCE)
		return 0;
	return (code->meaning->deprecated == TRI_TRUE ? 0 : 2) + (code->vendor ? 0 : 1);
}

static bool
have_same_provider(const CatalogCode *a, const CatalogCode *b)
{
	return strncmp(a->text, b->text, strchr(a->text, ':') + 1 - a->text) == 0;
}

/*
 * Of equally likely codes it is a base before its variants, which follow it in
 * the catalog; else there is no guess.  Where the text names no provider, nothing
 * makes one provider's code likelier than another's.
 */
static void
consider(Guess *guess, const CatalogCode *entry, int distance)
{
	const CatalogCode *best = guess->best;
	int			likelier = 0;

	if (best && distance == guess->distance &&
		(guess->with_provider || have_same_provider(entry, best)))
		likelier = likelihood(entry, distance) - likelihood(best, distance);
	if (best == NULL || distance < guess->distance || likelier > 0)
	{
		guess->best = entry;
		guess->distance = distance;
		guess->tie = false;
	}
	else if (distance == guess->distance && likelier == 0 && entry > best + best->variants)
		guess->tie = true;
}

/*
 * Considers the codes of a provider, which is so far from what stands in the
 * text; those of all, where the text names none.
 */
static void
consider_codes(Guess *guess, const CatalogProvider *provider, int provider_distance)
{
	for (int i = 0; i < CATALOG_CODES; i++)
	{
		const CatalogCode *entry = catalog_code(i);
		int			distance;

		if (provider && !code_match_is_of(entry, provider))
			continue;
		distance = distance_to_entry(guess, entry);
		if (distance < 2 * TOO_FAR)
			consider(guess, entry, 2 * provider_distance + distance);
	}
}

/* Considers the codes of the providers that a text without one of them may be meant for. */
static void
consider_providers(Guess *guess, const char *text, int len)
{
	NormalizedText wanted;

	text_normalize(&wanted, text, len);
	if (wanted.len == 0)
		return;
	for (int provider_id = 1; provider_id <= CATALOG_MAX_PROVIDER_ID; provider_id++)
	{
		const CatalogProvider *provider = catalog_provider(provider_id);
		int			distance;

		if (provider == NULL)
			continue;
		distance = distance_to(guess, &wanted, provider->name, provider->name_len);
		if (distance <= MOST_ERRORS)
			consider_codes(guess, provider, distance);
	}
}

StatusCode *
nearest_code(const char *text, int len)
{
	Guess		guess = {.with_provider = true};
	StatusCode *match;
	const char *code;
	const char *colon;
	const char *slash;
	int			code_len;
	int			provider_id;

	text_trim(&text, &len);
	if (len == 0 || len > TEXT_MATCH_LONGEST)
		return NULL;
	match = code_match("", 0, text, len);
	if (match)
		return match;

	provider_id = code_match_provider_of(text, len, &code, &code_len);
	colon = memchr(text, ':', len);
	if (provider_id == 0 && colon)
	{
		code = colon + 1;
		code_len = text + len - code;
	}
	else if (provider_id == 0)
	{
		code = text;
		code_len = len;
		guess.with_provider = false;
	}
	text_normalize(&guess.wanted, code, code_len);
	if (guess.wanted.len == 0)
		return NULL;

	if (provider_id != 0)
		consider_codes(&guess, catalog_provider(provider_id), 0);
	else if (guess.with_provider)
		consider_providers(&guess, text, colon - text);
	else if (guess.wanted.len >= SHORTEST_WITHOUT_PROVIDER && !is_digit(guess.wanted.data[0]) &&
			 !is_common(&guess.wanted))
		consider_codes(&guess, NULL, 0);
	if (guess.best)
		return guess.tie ? NULL : status_code_of_catalog(guess.best);

	/* A code may be right whose variant is not. */
	slash = memchr(code, '/', code_len);
	if (guess.with_provider && slash)
		return nearest_code(text, slash - text);
	return NULL;
}

/*
 * status_code_nearest(text) -> status_code: the known code that the text
 * stands for or misspells
 */
Datum
status_code_nearest(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	StatusCode *result = nearest_code(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg));

	if (result == NULL || status_code_catalog_entry(result) == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(result);
}
