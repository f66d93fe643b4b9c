# document.pl: writes the catalog for readers, as Markdown: doc/catalog.md.
#
# generate.pl loads this file and passes it what it has read.  README.md in this folder describes the
# files.

package CatalogDocument;

use strict;
use warnings;

my @COLUMNS = ('code', 'name or title', 'description', 'category', 'action', 'retryable', 'terminal', 'wait');

# Writes the whole document from labels and their explanations, both by kind; severities of actions;
# providers in the order of names; and codes in their order.
sub write_catalog
{
	my (%catalog) = @_;
	my @codes = @{ $catalog{codes} };
	my @providers = @{ $catalog{providers} };

	print "<!-- Made by \"make docs\" from the files of src/catalog; not to be edited. -->\n\n";
	print "# The catalog\n\n";
	printf "The compiled-in catalog has %d codes of %d providers, and %d variants of them. The view\n",
	  scalar(grep { !$_->{base} } @codes), scalar @providers, scalar grep { $_->{base} } @codes;
	print <<'END';
[`status_codes`](reference.md#status_codes) has the same, with your overrides, and the messages to
end users. [src/catalog](../src/catalog/README.md) has the files that all of this is made from.

END
	write_key();
	write_labels(\%catalog, category => 'Categories', 'category');
	write_labels(\%catalog, action => 'Actions', 'action');
	write_overview(\@providers, \@codes);
	write_provider($_, $catalog{labels}, \@codes) for @providers;
	return;
}

sub write_key
{
	print <<'END';
## How to read the tables

Codes are in the order in which status codes sort. A value is written `provider:code`, or
`provider:code/variant`: `basiq:invalid-credentials/locked-account`. An empty cell means that nothing
is known: the functions return NULL.

- **name or title**: the provider's short name for the code, or else its headline.
- **description**: the provider's own, word for word, where its documents list the code. Otherwise,
  and where an asterisk (\*) marks the code, it is in our own words.
- **retryable**: yes if the same request, sent again later unchanged and without anyone acting, can
  succeed.
- **terminal**: yes if the job has ended.
- **wait**: the wait before the first retry, as the provider's document names it; in parentheses if
  the provider advises it elsewhere. Without one it is a minute.
- A code that the provider no longer uses is marked as deprecated.
- A variant lacks an attribute only if its code does, too. Of a code that has only the meanings of
  its variants, the attributes are those on which they agree.

END
	return;
}

sub write_labels
{
	my ($catalog, $kind, $heading, $column) = @_;
	my @names = @{ $catalog->{labels}{$kind} };
	my $explanations = $catalog->{explanations}{$kind};

	print "## $heading\n\n";
	if ($kind eq 'category')
	{
		print "What a code reports. They sort in this order.\n\n";
		print table([ $column, 'meaning' ], map { [ code($_), text($explanations->{$_}) ] } @names);
	}
	else
	{
		my $severities = $catalog->{severities};
		print "What must happen next. They sort in this order. Of several errors, `worst_status()` returns\n",
		  "the one whose action has the highest severity.\n\n";
		print table(
			[ $column, 'meaning', 'severity' ],
			(map { [ code($_), text($explanations->{$_}), $severities->{$_} ] } @names),
			[ 'NULL', text($explanations->{'-'}), $severities->{'-'} ]);
	}
	print "\n";
	return;
}

sub write_overview
{
	my ($providers, $codes) = @_;

	print "## Providers\n\n";
	print table(
		[ 'provider', 'codes', 'variants', 'as of', 'complete' ],
		map {
			my $provider = $_;
			my @entries = grep { $_->{provider} == $provider } @$codes;
			[
				"[`$provider->{name}`](#$provider->{name})",
				scalar(grep { !$_->{base} } @entries),
				scalar(grep { $_->{base} } @entries),
				$provider->{source}{date} // '',
				yes_no($provider->{source}{complete})
			]
		} @$providers);
	print "\n";
	return;
}

sub write_provider
{
	my ($provider, $labels, $codes) = @_;
	my $source = $provider->{source};
	my $as_of = defined $source->{date} ? "as of $source->{date}, " : '';
	my $extent =
	  $source->{complete}
	  ? 'complete: nothing is missing that the provider was known to send'
	  : 'not complete';

	print "## $provider->{name}\n\n";
	print text($provider->{about}), "\n\n";
	print 'Source: ', text($source->{text}), " ($as_of$extent).";
	print ' Descriptions are our own words.' unless %{ $provider->{documents} };
	print "\n\n";
	write_classes($provider, $labels);
	print table(\@COLUMNS, map { code_row($_, $labels) } grep { $_->{provider} == $provider } @$codes);
	print "\n";
	return;
}

# Writes what numbers that are not listed mean.
sub write_classes
{
	my ($provider, $labels) = @_;
	my $classes = $provider->{classes};
	my @parts =
	  map { "$_ is `" . label($labels, category => $classes->{$_}{category}) . '`' } sort keys %$classes;

	return unless @parts;
	print 'A number of three digits that is not listed has the category of its first digit: ',
	  join(', ', @parts), ".\n\n";
	return;
}

sub code_row
{
	my ($entry, $labels) = @_;
	my $meaning = $entry->{meaning};
	my $has_texts = @{ $entry->{rows} } || ref $entry->{vendor};
	my $name = $entry->{direct}{name} // $entry->{direct}{title} // $meaning->{name} // $meaning->{title};
	my $mark = $entry->{vendor} && %{ $entry->{provider}{documents} } ? ' \\*' : '';

	return [
		code($entry->{text} =~ s/^[^:]*://r) . $mark . ($meaning->{deprecated} ? ' (deprecated)' : ''),
		text($name),
		$has_texts || $entry->{base} ? text($meaning->{description}) : 'one of its variants',
		(map { code(label($labels, $_ => $meaning->{$_})) } qw(category action)),
		yes_no($meaning->{retryable}),
		yes_no($meaning->{terminal}),
		wait_before_retry($meaning)
	];
}

sub label
{
	my ($labels, $kind, $number) = @_;

	return $number ? $labels->{$kind}[ $number - 1 ] : undef;
}

sub wait_before_retry
{
	my ($meaning) = @_;

	return duration($meaning->{retry_after}) if $meaning->{retry_after};
	return '(' . duration(60 * $meaning->{delay}) . ')' if $meaning->{delay};
	return '';
}

# Returns a number of seconds in the largest unit of which it is a multiple.
sub duration
{
	my ($seconds) = @_;

	for my $unit ([ 3600, 'h' ], [ 60, 'min' ])
	{
		my ($length, $name) = @$unit;
		return $seconds / $length . " $name" if $seconds % $length == 0;
	}
	return "$seconds s";
}

sub yes_no
{
	my ($value) = @_;

	return defined $value ? ($value ? 'yes' : 'no') : '';
}

sub code
{
	my ($text) = @_;

	return defined $text ? "`$text`" : '';
}

# Escapes the characters of a text that are markup in Markdown, and makes links of addresses.
sub text
{
	my ($text) = @_;

	return '' unless defined $text;
	$text =~ s{(https?://[^\s,;()]+)|([\\`*_\[\]<>|~&])}{ defined $1 ? "<$1>" : "\\$2" }ge;
	return $text;
}

sub table
{
	my ($head, @rows) = @_;

	return join '', map { '| ' . join(' | ', @$_) . " |\n" } $head, [ ('---') x @$head ], @rows;
}

1;
