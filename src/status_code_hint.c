/*
 * status_code_hint.c
 *		Guesses the code that a malformed text was meant to be, for a HINT.
 *
 * A wrong guess is worse than none.  So a text must share with the code, name,
 * title or variant of the guess
 *
 *	- the first character;
 *	- all digits, because a different number is a different code;
 *	- all other characters, except for one in five.
 *
 * The same holds for a misspelled provider.  If the text has no provider,
 * words that are common in tables of jobs ("error", "pending"), or that several
 * providers use, match no code.
 */
#include "status_code_hint.h"

#include "status_code_match.h"
#include "text_match.h"

/*
 * A text can have one error for each CHARACTERS_PER_ERROR characters, and
 * MAX_ERRORS in total.
 */
#define CHARACTERS_PER_ERROR 5
#define MAX_ERRORS 5

/*
 * A text of at least MIN_ABBREVIATION bytes can also be the beginning of a
 * code or name.  Its distance is greater than that of any misspelling.
 */
#define MIN_ABBREVIATION 6
#define ABBREVIATION_DISTANCE (2 * MAX_ERRORS + 1)

#define TOO_FAR (ABBREVIATION_DISTANCE + 1)

/* The minimum length, in bytes, of a text without a provider. */
#define MIN_WITHOUT_PROVIDER 4

PG_FUNCTION_INFO_V1(status_code_nearest);

/* Normalized words that match no code if the text has no provider. */
static const char common_words[][15] = {
	"accepted", "active", "authenticating", "authorized", "authorizing",
	"available", "blank", "blocked", "canceled", "cancelled", "challenged",
	"closed", "completed", "connected", "created", "creating", "degraded",
	"delayed", "deleted", "denied", "disabled", "disconnected",
	"discontinued", "done", "down", "enqueued", "error", "executed",
	"expired", "failed", "failure", "finish", "finished", "healthy",
	"impaired", "impeded", "imported", "inactive", "initiated",
	"interrupted", "invalid", "merging", "none", "notavailable", "null",
	"open", "outdated", "partial", "paid", "paused", "pending", "prevented",
	"processing", "queued", "ready", "reconnected", "refunded", "register",
	"rejected", "required", "resumed", "revoked", "running", "scheduled",
	"settled", "started", "starting", "submitted", "succeeded", "success",
	"suspended", "test", "timeout", "unavailable", "undefined", "unknown",
	"unknownerror", "unsubscribed", "updated", "updating", "valid", "waiting"
};

/* A text without its provider, and the best guess so far. */
typedef struct Guess
{
	NormalizedText wanted;
	bool		with_provider;
	const CatalogCode *best;	/* or NULL */
	int			distance;		/* of "best" */
	bool		tie;			/* another entry is as likely as "best" */
} Guess;

static int
max_errors(const NormalizedText *text)
{
	return Min(text->len / CHARACTERS_PER_ERROR, MAX_ERRORS);
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

/* Returns whether two texts have the same digits, in the same order. */
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

/* Returns whether a text is one of common_words. */
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
 * Returns the distance between the wanted text and a candidate: the number of
 * errors, ABBREVIATION_DISTANCE if the wanted text is a beginning of the
 * candidate, or TOO_FAR.
 */
static int
distance_to(const Guess *guess, const NormalizedText *wanted,
			const char *str, int len)
{
	NormalizedText candidate;
	int			limit = max_errors(wanted);
	int			distance;

	/*
	 * Most candidates fail here.  Normalization can remove a first character
	 * that is not a letter.
	 */
	if (len == 0 ||
		(is_letter(str[0]) &&
		 (char) pg_ascii_tolower((unsigned char) str[0]) != wanted->data[0]))
		return TOO_FAR;
	text_normalize(&candidate, str, len);
	if (candidate.len == 0 || candidate.data[0] != wanted->data[0])
		return TOO_FAR;

	distance = text_distance(wanted, &candidate, limit);
	if (distance > limit)
	{
		if (!guess->with_provider || wanted->len < MIN_ABBREVIATION ||
			wanted->len >= candidate.len ||
			memcmp(wanted->data, candidate.data, wanted->len) != 0)
			return TOO_FAR;
		return ABBREVIATION_DISTANCE;
	}
	if (!same_digits(wanted, &candidate) ||
		(!guess->with_provider && is_common(&candidate)))
		return TOO_FAR;
	return distance;
}

/* Does the same for a text of the catalog, which can be NULL. */
static int
distance_to_text(const Guess *guess, const text *candidate)
{
	if (candidate == NULL)
		return TOO_FAR;
	return distance_to(guess, &guess->wanted, VARDATA_ANY(candidate),
					   VARSIZE_ANY_EXHDR(candidate));
}

/*
 * Returns twice the distance of an entry, at least 2 * TOO_FAR if it is too
 * far.  If the text names a provider, the result is by 1 greater for the name,
 * title or variant than for the code, so that the code is preferred.
 */
static int
distance_to_entry(const Guess *guess, const CatalogCode *entry)
{
	const StatusMeaning *direct = catalog_code_direct(entry);
	StatusCodeParts parts = status_code_split(catalog_code_text(entry),
											  entry->text_len);
	int			by_code;
	int			by_words;

	by_code = distance_to(guess, &guess->wanted, parts.code,
						  entry->text_len - parts.provider_len - 1);
	by_words = Min(distance_to_text(guess, REF_GET(direct->name)),
				   distance_to_text(guess, REF_GET(direct->title)));
	if (parts.variant)
	{
		int			by_variant = distance_to(guess, &guess->wanted,
											 parts.variant, parts.variant_len);

		by_words = Min(by_words, by_variant);
	}
	return Min(2 * by_code, 2 * by_words + (guess->with_provider ? 1 : 0));
}

/*
 * Returns the likelihood of a code among codes with the same distance; higher
 * is more likely.  A code in use is more likely than a deprecated one, and one
 * that a source document lists more likely than one that none lists.  All
 * codes that the text abbreviates are equally likely.
 */
static int
likelihood(const CatalogCode *code, int distance)
{
	if (distance >= 2 * ABBREVIATION_DISTANCE)
		return 0;
	return (catalog_code_meaning(code)->deprecated == TRI_TRUE ? 0 : 2) +
		(code->undocumented ? 0 : 1);
}

static bool
have_same_provider(const CatalogCode *a, const CatalogCode *b)
{
	const char *text = catalog_code_text(a);

	return strncmp(text, catalog_code_text(b),
				   strchr(text, ':') + 1 - text) == 0;
}

/*
 * Makes an entry the guess if it is nearer than the best one so far, or as
 * near and more likely.  If it is equally likely, there is a tie, unless it is
 * a variant of the best one; variants follow their base in the catalog.  If the
 * text names no provider, codes of different providers are equally likely.
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
	else if (distance == guess->distance && likelier == 0 &&
			 entry > best + best->variants)
		guess->tie = true;
}

/*
 * Considers the codes of a provider, or of all providers if "provider" is
 * NULL.  "provider_distance" is the distance between the provider's name and
 * the one in the text.
 */
static void
consider_codes(Guess *guess, const CatalogProvider *provider,
			   int provider_distance)
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

/* Considers the codes of all providers that a text misspells. */
static void
consider_providers(Guess *guess, const char *str, int len)
{
	NormalizedText wanted;

	text_normalize(&wanted, str, len);
	if (wanted.len == 0)
		return;
	for (int id = 1; id <= CATALOG_MAX_PROVIDER_ID; id++)
	{
		const CatalogProvider *provider = catalog_provider(id);
		int			distance;

		if (provider == NULL)
			continue;
		distance = distance_to(guess, &wanted,
							   provider->name, provider->name_len);
		if (distance <= MAX_ERRORS)
			consider_codes(guess, provider, distance);
	}
}

StatusCode *
nearest_code(const char *str, int len)
{
	Guess		guess = {.with_provider = true};
	StatusCode *match;
	const char *code;
	const char *colon;
	const char *slash;
	int			code_len;
	int			provider_id;

	text_trim(&str, &len);
	if (len == 0 || len > TEXT_MATCH_MAX_LENGTH)
		return NULL;
	match = code_match("", 0, str, len);
	if (match)
		return match;

	provider_id = code_match_provider_of(str, len, &code, &code_len);
	colon = memchr(str, ':', len);
	if (provider_id == 0 && colon)
	{
		code = colon + 1;
		code_len = str + len - code;
	}
	else if (provider_id == 0)
	{
		code = str;
		code_len = len;
		guess.with_provider = false;
	}
	text_normalize(&guess.wanted, code, code_len);
	if (guess.wanted.len == 0)
		return NULL;

	if (provider_id != 0)
		consider_codes(&guess, catalog_provider(provider_id), 0);
	else if (guess.with_provider)
		consider_providers(&guess, str, colon - str);
	else if (guess.wanted.len >= MIN_WITHOUT_PROVIDER &&
			 !is_digit(guess.wanted.data[0]) &&
			 !is_common(&guess.wanted))
		consider_codes(&guess, NULL, 0);
	if (guess.best)
		return guess.tie ? NULL : status_code_of_catalog(guess.best);

	/* The code without the variant can be right. */
	slash = memchr(code, '/', code_len);
	if (guess.with_provider && slash)
		return nearest_code(str, slash - str);
	return NULL;
}

/*
 * status_code_nearest(text) -> status_code
 *
 * Returns the code of the catalog that the text denotes or misspells, or NULL.
 */
Datum
status_code_nearest(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	StatusCode *result = nearest_code(VARDATA_ANY(arg),
									  VARSIZE_ANY_EXHDR(arg));

	if (result == NULL || status_code_catalog_entry(result) == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(result);
}
