#!/usr/bin/perl
#
# generate.pl: turns the catalog's text files into C tables.
#
# Usage: perl generate.pl attribute_list.h labels.txt messages.txt PROVIDER.txt... > catalog_data.h
#        perl generate.pl --document attribute_list.h labels.txt messages.txt PROVIDER.txt... > catalog.md
#
# With --document the output is for readers: document.pl writes it.
#
# attribute_list.h lists the attributes of a code, for C as well.  README.md in this folder describes
# the other files.  Anything wrong in them ends the build with file, line and reason, and nothing is
# written.  The output is for ref.c, catalog.c, status_label.c, payload_variant.c and payload.c, which
# describe the tables.

use strict;
use warnings;

use Digest::MD5 qw(md5_hex);
use FindBin;
use List::Util qw(max);
use Time::Local qw(timegm);

# The limits that C shares: each is written to the output, as CATALOG_..., and asserted in C.  They are
# the length of a text form in bytes; the numbers of providers, of code ids of each, and of numbers that
# are code ids, which the two bytes of a compact form have room for; and the number of labels of a kind.
my %LIMITS;

BEGIN
{
	%LIMITS = (
		MAX_TEXT => 126,
		MAX_PROVIDERS => 63,
		CODE_IDS => 1024,
		NUMBERS => 1000,
		MAX_LABEL => 15);
}
use constant \%LIMITS;

use constant MAX_SEVERITY => 99;

# The longest number that a provider's file can have as a code: by_order() compares it as an integer.
use constant MAX_DIGITS => 9;

# The kinds of attributes: how a line of a provider's file is read, and how its value is written as a
# member of StatusMeaning in C.  The keyword of such a line is the attribute's name, or that of the
# kind.
my %KINDS = (
	TEXT => { read => \&plain_text, write => \&text_constant },
	MESSAGES => { read => \&message, write => \&messages_list, keyword => 'user_message' },
	INTERVAL => { read => \&seconds, write => \&interval_constant },
	CATEGORY => { read => sub { label(category => $_[0]) }, write => \&number },
	ACTION => { read => sub { label(action => $_[0]) }, write => \&number },
	BOOLEAN => { read => \&yes_no, write => \&tri },
	MARK => { read => \&only_yes, write => \&tri },
	MINUTES => { read => \&minutes, write => \&number },
	STAGE => { read => \&stage, write => \&number });

# The attributes that rows of documents give, as a provider's file does for "vendor"; and those that
# must be given for each code that has such texts, by their keywords.
my @ROW_TEXTS = qw(name title description);
my @REQUIRED = qw(category action retryable terminal user_message);

# A language's tag, as user_message.c writes it; the one that takes the place of all others; and
# the longest message, in bytes.
my $TAG = qr/[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?/;
use constant { ENGLISH => 'en', MAX_MESSAGE => 160 };

my %SECONDS = (s => 1, min => 60, h => 3600);

# What the shapes of payloads are written with. A member's name has no dots.
my $MEMBER = qr/[A-Za-z0-9_-]+/;
my $PLAIN_PATH = qr/\.|$MEMBER(?:\.$MEMBER)*/;
my %JSON_TYPES = map { $_ => 'JSON_' . uc } qw(string number boolean object array);
use constant MAX_STEPS => 8;

# Lines that are no code's: those of a provider, and those of a shape.
my %IN_PROVIDER = map { $_ => 1 } qw(provider about source document class code variant shape reported
  variant_name variant_title variant_detail);
my %IN_SHAPE = map { $_ => 1 } qw(when in take else otherwise);

my ($file, $line);    # where we are, for refuse()
my (@attributes, %labels, %explanations, %severities, @languages, %letters, %messages, @providers, @documents, @codes, %code_at);
my @payload_providers;    # all providers, also those without an id
my $digest_input = '';

my $for_readers = @ARGV && $ARGV[0] eq '--document' && shift @ARGV;
my ($attributes_file, $labels_file, $messages_file, @provider_files) = @ARGV;
die "usage: perl generate.pl [--document] attribute_list.h labels.txt messages.txt PROVIDER.txt...\n"
  unless @provider_files;
read_attributes($attributes_file);
read_labels($labels_file);
read_messages($messages_file);
read_provider($_) for @provider_files;
@providers = sort { $a->{id} <=> $b->{id} } @providers;
check_providers();
check_shapes();
check_details();
resolve_direct($_) for @codes;
complete_meaning($_) for @codes;
check_messages();
@codes = sort by_order @codes;
if ($for_readers) { write_document(); }
else { write_output(); }
exit 0;

sub refuse
{
	my ($reason) = @_;

	die "$file:$line: $reason\n";
}

# Refuses an entry that has been read completely, with the line at which it begins.
sub refuse_at
{
	my ($thing, $reason) = @_;

	($file, $line) = @{$thing}{qw(file line)};
	refuse($reason);
}

# Calls a sub with each line that is neither blank nor a comment: its first word, and the rest without a
# comment.
sub read_lines
{
	my ($path, $take) = @_;

	open my $in, '<', $path or die "could not open \"$path\": $!\n";
	($file, $line) = ($path, 0);
	while (my $text = <$in>)
	{
		$line++;
		chomp $text;
		$text =~ s/(^|\s)#.*// unless $text =~ /^(row|vendor|source|about)\s/;
		$text =~ s/\s+$//;
		next if $text eq '';
		my ($word, $rest) = split ' ', $text, 2;
		$digest_input .= without_explanation($text, $word);
		check_characters($text, $word);
		$take->($word, $rest // '');
	}
	close $in;
	return;
}

# Returns a line as the digest includes it: without explanations for readers, since no function returns
# them.
sub without_explanation
{
	my ($text, $word) = @_;

	return '' if $word eq 'about';
	$text =~ s/\s*\|.*// if $word eq 'category' || $word eq 'action';
	return "$text\n";
}

# Reads the list of attributes, which is C, into @attributes.
sub read_attributes
{
	my ($path) = @_;

	open my $in, '<', $path or die "could not open \"$path\": $!\n";
	($file, $line) = ($path, 0);
	while (my $text = <$in>)
	{
		$line++;
		next unless $text =~ /^(?:CATALOG_)?ATTRIBUTE\b/;
		my ($name, $kind) = $text =~ /^\w+\((\w+), (\w+)(?:, \w+)?\)$/
		  or refuse("malformed attribute: $text");
		refuse("unknown kind \"$kind\"") unless $KINDS{$kind};
		refuse("duplicate attribute \"$name\"") if grep { $_->{name} eq $name } @attributes;
		push @attributes,
		  { name => $name, keyword => $KINDS{$kind}{keyword} // $name, %{ $KINDS{$kind} }{qw(read write)} };
	}
	close $in;
	return;
}

# Reads the labels of both kinds into %labels, what each means into %explanations, and the actions'
# severities into %severities.
sub read_labels
{
	my ($path) = @_;

	read_lines(
		$path,
		sub {
			my ($kind, $rest) = @_;
			refuse("expected \"category\" or \"action\", found \"$kind\"")
			  unless $kind =~ /^(category|action)$/;
			my ($label, $explanation) = split /\s*\|\s*/, $rest, 2;
			my ($name, $severity) = fields($label // '', $kind eq 'action' ? 2 : 1);
			refuse("\"$name\" lacks what it means: expected \"| MEANING\"") unless defined $explanation;
			check_text($explanation);
			$explanations{$kind}{$name} = $explanation;
			take_label($kind, $name) unless $kind eq 'action' && $name eq '-';
			take_severity($name, $severity) if $kind eq 'action';
		});
	die "$path: no severity of the unknown action \"-\"\n" unless $severities{'-'};
	return;
}

sub take_label
{
	my ($kind, $name) = @_;

	refuse("malformed label \"$name\"") unless $name =~ /^[a-z][a-z_]*$/;
	refuse("duplicate $kind \"$name\"") if $labels{$kind}{$name};
	$labels{$kind}{$name} = 1 + keys %{ $labels{$kind} };
	refuse('there are ' . MAX_LABEL . " of a kind at most") if $labels{$kind}{$name} > MAX_LABEL;
	return;
}

# Refuses characters beyond ASCII in a line.  Exceptions are a "language" line, which lists the letters
# of the language, and lines of the language, which can contain these letters.
sub check_characters
{
	my ($text, $word) = @_;
	my $others = $text =~ s/[\x20-\x7e]//gr;

	return if $others eq '';
	refuse("not plain ASCII: \"$text\"") unless $word eq 'language' || $letters{$word};
	utf8::decode($others) or refuse("not in UTF-8: \"$text\"");
	refuse("not letters: \"$text\"") if $word eq 'language' && $others !~ /^\p{L}*$/;
	refuse("not in the letters of language $word: \"$text\"")
	  if $word ne 'language' && grep { index($letters{$word}, $_) < 0 } split //, $others;
	return;
}

sub take_severity
{
	my ($name, $severity) = @_;

	refuse("duplicate action \"$name\"") if $severities{$name};
	whole($severity, 1, MAX_SEVERITY);
	my ($same) = grep { $severities{$_} == $severity } keys %severities;
	refuse("duplicate severity $severity: action \"$same\" has it") if defined $same;
	$severities{$name} = $severity;
	return;
}

# Reads the messages to end users into @languages and %messages.
sub read_messages
{
	my ($path) = @_;
	my $message;

	read_lines(
		$path,
		sub {
			my ($word, $rest) = @_;
			if ($word eq 'language')
			{
				refuse('languages must come before messages') if $message;
				take_language($rest);
				return;
			}
			if ($word eq 'message')
			{
				my ($name) = fields($rest, 1);
				refuse("malformed message \"$name\"") unless $name =~ /^[a-z][a-z0-9-]*$/;
				refuse("duplicate message \"$name\"") if $messages{$name};
				$message = $messages{$name} = { here(), name => $name };
				return;
			}
			refuse("unknown keyword \"$word\"") unless grep { $_ eq $word } @languages;
			refuse("\"$word\" must come after its message") unless $message;
			refuse("duplicate $word of message \"$message->{name}\"") if $message->{texts}{$word};
			check_text($rest);
			refuse('longer than ' . MAX_MESSAGE . ' bytes') if length $rest > MAX_MESSAGE;
			$message->{texts}{$word} = $rest;
		});
	die "$path: no language \"" . ENGLISH . "\"\n" unless grep { $_ eq ENGLISH } @languages;
	for my $one (values %messages)
	{
		defined $one->{texts}{$_} || refuse_at($one, "message \"$one->{name}\" lacks $_")
		  for @languages;
	}
	return;
}

# Reads a language.  English has no letters beyond ASCII, so that every encoding has it: it replaces
# messages that a database's encoding cannot represent.
sub take_language
{
	my ($tag, $letters) = fields($_[0], 2);

	refuse("malformed language \"$tag\"") unless $tag =~ /^$TAG$/;
	refuse("duplicate language $tag") if grep { $_ eq $tag } @languages;
	refuse("language $tag is written in plain ASCII") if $tag eq ENGLISH && $letters ne '-';
	push @languages, $tag;
	if ($letters ne '-')
	{
		utf8::decode($letters);
		$letters{$tag} = $letters;
	}
	return;
}

# Reads a provider's file into @payload_providers, @documents and @codes, and into @providers if the
# provider has an id.
sub read_provider
{
	my ($path) = @_;
	my ($provider, $code, $entry, $shape);

	my %take = (
		provider => sub {
			my ($name, $kind, $id) = fields($_[0], 3);
			refuse('a file describes one provider') if $provider;
			refuse("malformed provider \"$name\"") unless $name =~ /^[a-z][a-z0-9_-]*$/;
			refuse("expected \"numbers\" or \"slugs\", found \"$kind\"")
			  unless $kind =~ /^(numbers|slugs)$/;
			$provider = {
				here(),
				name => $name,
				numeric => $kind eq 'numbers',
				id => $id eq '-' ? undef : whole($id, 1, MAX_PROVIDERS),
				documents => {},
				ids => {},
				classes => {},
				about => undef,
				shapes => [],
				aliases => []
			};
			# status_code_text() writes any number of the provider's, also where no code has three digits.
			refuse("the numbers of \"$name\" may be longer than " . MAX_TEXT . ' bytes')
			  if $provider->{numeric} && length("$name:") + length(NUMBERS - 1) > MAX_TEXT;
			refuse('numbers need an id') if $provider->{numeric} && $id eq '-';
			push @providers, $provider if $id ne '-';
			push @payload_providers, $provider;
		},
		about => sub {
			refuse('duplicate about') if defined $provider->{about};
			$provider->{about} = plain_text($_[0]);
		},
		source => sub {
			my ($text, $date, $extent) = texts('source', $_[0], qw(TEXT DATE EXTENT));
			refuse('duplicate source') if $provider->{source};
			refuse('expected what the source is') unless defined $text;
			refuse("malformed date \"$date\"") unless !defined $date || is_date($date);
			refuse("expected \"complete\" or \"incomplete\", found \"" . ($extent // '-') . '"')
			  unless ($extent // '') =~ /^(complete|incomplete)$/;
			$provider->{source} =
			  { text => $text, date => $date, complete => $extent eq 'complete' };
		},
		document => sub {
			my ($name, $date) = fields($_[0], 2);
			refuse("duplicate document \"$name\"") if grep { $_->{name} eq $name } @documents;
			refuse("malformed date \"$date\"") unless $date eq '-' || is_date($date);
			refuse('documents must be in the order of their dates')
			  if $date ne '-' && grep { $_->{date} gt $date } values %{ $provider->{documents} };
			my $document = { name => $name, date => $date, number => scalar @documents };
			push @documents, $document;
			$provider->{documents}{$name} = $document;
			$provider->{newest} = $document;
		},
		class => sub {
			my ($digit, $category, $ended) = fields($_[0], 3);
			refuse('only numbers have classes') unless $provider->{numeric};
			whole($digit, 1, 5);
			refuse("duplicate class $digit") if $provider->{classes}{$digit};
			$provider->{classes}{$digit} =
			  { meaning_of_class(label(category => $category), yes_no($ended)) };
		},
		code => sub {
			my ($name) = fields($_[0], 1);
			refuse("malformed code \"$name\"") unless $name =~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
			refuse("provider \"$provider->{name}\" has numbers of at most "
				  . MAX_DIGITS
				  . " digits, without leading zeros, not \"$name\"")
			  if $provider->{numeric}
			  && ($name !~ /^(0|[1-9]\d*)$/ || length $name > MAX_DIGITS);
			$code = $entry = new_entry($provider, "$provider->{name}:$name");
			$code->{code} = $name;
			$shape = undef;
			set_id($entry, $name) if $provider->{numeric} && $name < NUMBERS;
		},
		variant => sub {
			my ($name) = fields($_[0], 1);
			refuse('a variant must come after its code') unless $code;
			refuse("malformed variant \"$name\"") unless $name =~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
			$entry = new_entry($provider, "$code->{text}/$name");
			$entry->{base} = $code;
			push @{ $code->{variants} }, $entry;
		},
		id => sub {
			refuse('a number is its id')
			  if $provider->{numeric} && !$entry->{base} && $code->{code} < NUMBERS;
			refuse('a provider without an id has no codes with one') unless $provider->{id};
			set_id($entry, whole($_[0], $provider->{numeric} ? NUMBERS : 1, CODE_IDS - 1));
		},
		row => sub {
			my ($name, @texts) = texts('row', $_[0], qw(DOCUMENT SECTION NAME TITLE DESCRIPTION));
			$name //= '-';
			my $document = $provider->{documents}{$name}
			  or refuse("provider \"$provider->{name}\" has no document \"$name\"");
			my %row = (document => $document);
			@row{ 'section', @ROW_TEXTS } = @texts;
			push @{ $entry->{rows} }, \%row;
		},
		vendor => sub {
			refuse("duplicate vendor of \"$entry->{text}\"") if $entry->{vendor};
			@{ $entry->{vendor} }{@ROW_TEXTS} =
			  texts('vendor', $_[0], qw(NAME TITLE DESCRIPTION));
			refuse('a description is missing') unless defined $entry->{vendor}{description};
		},
		alias => sub {
			my ($word) = @_;
			check_text($word);
			refuse('a variant has no alias') if $entry->{base};
			refuse('an alias has one * at most') if $word =~ /\*.*\*/;
			refuse("duplicate alias \"$word\"")
			  if grep { $_->{word} eq $word } @{ $provider->{aliases} };
			push @{ $provider->{aliases} }, { here(), word => $word, entry => $entry };
		},
		detail => sub {
			refuse('only a variant can have a detail') unless $entry->{base};
			check_text($_[0]);
			push @{ $entry->{details} }, { here(), text => $_[0] };
		},
		reported => sub {
			my ($least, $most) = fields($_[0], 2);
			refuse('only numbers have a range') unless $provider->{numeric};
			refuse('duplicate reported') if $provider->{reported};
			whole($least, 0, NUMBERS - 1);
			$provider->{reported} = [ $least, whole($most, $least, NUMBERS - 1) ];
		},
		(
			map {
				my $kind = $_;
				(
					"variant_$kind" => sub {
						refuse("duplicate variant_$kind") if $provider->{variant_members}{$kind};
						my @members = split ' ', $_[0];
						refuse('expected names of members') unless @members;
						/^$MEMBER$/ || refuse("malformed member \"$_\"") for @members;
						$provider->{variant_members}{$kind} = \@members;
					})
			} qw(name title detail)
		),
		shape => sub {
			check_text($_[0]);
			$shape = { here(), whens => [], items => [], lines => [], otherwise => [] };
			push @{ $provider->{shapes} }, $shape;
			$entry = $code = undef;
		},
		when => sub { push @{ $shape->{whens} }, [ conditions($_[0]) ] },
		in => sub { push @{ $shape->{items} }, items($_[0]) },
		take => sub { push @{ $shape->{lines} }, code_line($_[0], 0) },
		else => sub {
			refuse('"else" must come after "take"') unless @{ $shape->{lines} };
			push @{ $shape->{lines} }, code_line($_[0], 1);
		},
		otherwise => sub { push @{ $shape->{otherwise} }, code_line($_[0], 1) });
	for my $attribute (@attributes)
	{
		my ($name, $keyword, $read) = @{$attribute}{qw(name keyword read)};
		next if grep { $_ eq $name } @ROW_TEXTS;
		die "$attributes_file: \"$keyword\" is another keyword of \"$path\"\n" if $take{$keyword};
		$take{$keyword} = sub {
			my $unknown = $keyword eq 'terminal' && $_[0] eq 'unknown' && !$entry->{base};
			set($entry, $keyword => $unknown ? undef : $read->($_[0]));
		};
	}

	read_lines(
		$path,
		sub {
			my ($word, $rest) = @_;
			my $sub = $take{$word} or refuse("unknown keyword \"$word\"");
			refuse('the first line names the provider') if !$provider && $word ne 'provider';
			refuse("\"$word\" must come after its shape") if !$shape && $IN_SHAPE{$word};
			refuse("\"$word\" must come after its code")
			  if !$entry && !$IN_SHAPE{$word} && !$IN_PROVIDER{$word};
			$sub->($rest);
		});
	die "$path: no provider\n" unless $provider;
	for my $keyword (qw(about source))
	{
		refuse_at($provider, "provider \"$provider->{name}\" has no $keyword") unless $provider->{$keyword};
	}
	return;
}

# ---- Shapes of payloads: see README.md for what they say ----

# A path as a list of steps: { member, elements, or_itself, test }.
sub path
{
	my ($text) = @_;
	my @steps;

	return [] if $text eq '.';
	for my $step ($text =~ /^\.|\.$|\.\./ ? () : split_path($text))
	{
		my ($member, $elements, $test, $star) =
		  $step =~ /^($MEMBER)?(?:(\[)([^\[\]]*)\]|(\*))?$/
		  or refuse("malformed path \"$text\"");
		refuse("malformed path \"$text\"") unless defined $member || (!@steps && $elements);
		push @steps,
		  {
			member => $member,
			elements => $elements || $star ? 1 : 0,
			or_itself => $star ? 1 : 0,
			test => ($test // '') eq '' ? undef : condition($test)
		  };
	}
	refuse("malformed path \"$text\"") if !@steps;
	refuse('a path has ' . MAX_STEPS . ' steps at most') if @steps > MAX_STEPS;
	return \@steps;
}

# Splits a path at its dots, but for those between brackets.
sub split_path
{
	return $_[0] =~ /((?:[^.\[\]]|\[[^\[\]]*\])+|\[|\])/g;
}

sub condition
{
	my ($text) = @_;
	my %test;

	if ($text =~ /^(!?)($PLAIN_PATH)$/)
	{
		%test = (kind => 'TEST_PRESENT', negated => $1, path => $2);
	}
	elsif ($text =~ /^($PLAIN_PATH)(!?)=([A-Za-z0-9._\/-]+)$/)
	{
		%test = (kind => 'TEST_WORD', negated => $2, path => $1, word => $3);
	}
	elsif ($text =~ /^($PLAIN_PATH)(!?):(\w+)$/ && $JSON_TYPES{$3})
	{
		%test = (kind => 'TEST_TYPE', negated => $2, path => $1, type => $JSON_TYPES{$3});
	}
	else
	{
		refuse("malformed condition \"$text\"");
	}
	$test{path} = path($test{path});
	return \%test;
}

sub conditions
{
	my ($rest) = @_;

	refuse('expected conditions') if $rest eq '';
	return map { condition($_) } split ' ', $rest;
}

sub items
{
	my ($path, $which, @rest) = split ' ', $_[0];

	refuse('expected a path, and "last" or "job" after it')
	  if !defined $path || @rest || ($which // 'last') !~ /^(last|job)$/;
	my $steps = path($path);
	refuse('only elements have a last one') if $which && !grep { $_->{elements} } @$steps;
	refuse('the steps of a job are all elements of one array')
	  if ($which // '') eq 'job'
	  && (!$steps->[-1]{elements}
		|| $steps->[-1]{or_itself}
		|| $steps->[-1]{test}
		|| grep({ $_->{elements} } @$steps) > 1);
	return { path => $steps, which => 'ITEMS_' . uc($which // 'first') };
}

sub code_line
{
	my ($rest, $alternative) = @_;
	my ($path, @words) = split ' ', $rest;
	my %line = (here(), alternative => $alternative, tests => []);

	refuse('a path is missing') unless defined $path;
	$line{path} = path($path);
	while (defined(my $word = shift @words))
	{
		if ($word eq 'if')
		{
			$line{tests} = [ conditions(join ' ', @words) ];
			@words = ();
		}
		elsif ($word eq 'as' && @words && !$line{as})
		{
			$line{as} = shift @words;
		}
		elsif ($word eq 'variant' && @words && !$line{variant})
		{
			$line{variant} = shift @words;
		}
		elsif ($word =~ /^(known|job)$/ && !$line{$word})
		{
			$line{$word} = 1;
		}
		else
		{
			refuse("expected \"as PROVIDER\", \"variant NAME\", \"known\", \"job\" or \"if\", found \"$word\"");
		}
	}
	return \%line;
}

# Refuses a shape that is incomplete or that names something that does not exist.
sub check_shapes
{
	my %provider_called = map { $_->{name} => $_ } @payload_providers;

	for my $provider (@payload_providers)
	{
		for my $shape (@{ $provider->{shapes} })
		{
			refuse_at($shape, 'a shape says where a code is: "take" is missing')
			  unless @{ $shape->{lines} };
			for my $line (@{ $shape->{lines} }, @{ $shape->{otherwise} })
			{
				$provider_called{ $line->{as} } || refuse_at($line, "unknown provider \"$line->{as}\"")
				  if $line->{as};
				my $owner = $line->{as} // $provider->{name};
				refuse_at($line, "no code of \"$owner\" has a variant \"$line->{variant}\"")
				  if defined $line->{variant}
				  && !grep { $_->{provider}{name} eq $owner && $_->{text} =~ m{/\Q$line->{variant}\E\z} }
				  @codes;
			}
		}
		my ($job, @others) =
		  grep { grep { $_->{which} eq 'ITEMS_JOB' } @{ $_->{items} } } @{ $provider->{shapes} };
		refuse_at($others[0], 'a provider has one shape of jobs at most') if @others;
		$provider->{job} = $job;
		for my $shape (@{ $provider->{shapes} })
		{
			for my $line (grep { $_->{job} } @{ $shape->{lines} }, @{ $shape->{otherwise} })
			{
				refuse_at($line, 'no shape is that of a job') unless $job;
				refuse_at($line, 'a job has no jobs in it') if $shape == $job;
			}
		}
		for my $alias (@{ $provider->{aliases} })
		{
			refuse_at($alias, "\"$provider->{name}:$alias->{word}\" is a code")
			  if $code_at{"$provider->{name}:$alias->{word}"};
		}
	}
	return;
}

# Refuses a detail of a variant that identifies another variant of the same code as well.
sub check_details
{
	for my $entry (grep { $_->{details} } @codes)
	{
		my @others = grep { $_ != $entry } @{ $entry->{base}{variants} };
		for my $detail (@{ $entry->{details} })
		{
			my $words = normalized($detail->{text});
			for my $other (@others)
			{
				my %details = details_of($other);
				refuse_at($detail, "detail \"$detail->{text}\" identifies \"$other->{text}\" as well")
				  if exists $details{$words};
			}
		}
	}
	return;
}

sub meaning_of_class
{
	my ($category, $terminal) = @_;

	return (category => $category, categories => [$category], terminal => $terminal);
}

# The texts of a line, of which "-" is none.
sub texts
{
	my ($word, $rest, @names) = @_;
	my @texts = split /\s*\|\s*/, $rest, -1;

	refuse("expected: $word " . join ' | ', @names) if @texts != @names;
	check_text($_) for @texts;
	return map { $_ eq '-' ? undef : $_ } @texts;
}

sub check_text
{
	my ($text) = @_;

	refuse('empty text: a text that is not given is "-"') if $text eq '';
	refuse("double space in \"$text\"") if $text =~ /  /;
	return;
}

sub seconds
{
	my ($number, $unit) = fields($_[0], 2);

	refuse("expected s, min or h, found \"$unit\"") unless $SECONDS{$unit};
	return whole($number, 1, 999) * $SECONDS{$unit};
}

sub minutes
{
	my ($wait) = @_;
	my $minutes = seconds($wait) / 60;

	refuse("expected whole minutes, found \"$wait\"") if $minutes != int $minutes;
	return $minutes;
}

sub stage
{
	my ($place) = @_;
	my ($stage, $step) = $place =~ /^([1-9])(?:\.([1-9]))?$/
	  or refuse("expected N or N.M, each from 1 to 9, found \"$place\"");

	return "STAGE($stage, " . ($step // 0) . ')';
}

# The name of a message.
sub message
{
	my ($name) = fields($_[0], 1);

	refuse("unknown message \"$name\"") unless $messages{$name};
	$messages{$name}{used} = 1;
	return $name;
}

sub plain_text
{
	my ($text) = @_;

	check_text($text);
	return $text;
}

sub here { return (file => $file, line => $line); }

sub fields
{
	my ($rest, $count) = @_;
	my @words = split ' ', $rest;

	refuse("expected $count words, found \"$rest\"") if @words != $count;
	return @words;
}

sub whole
{
	my ($word, $min, $max) = @_;

	refuse("expected a whole number from $min to $max, found \"$word\"")
	  unless $word =~ /^(0|[1-9]\d{0,5})$/ && $word >= $min && $word <= $max;
	return $word;
}

sub is_date
{
	my ($year, $month, $day) = $_[0] =~ /^(\d{4})-(\d\d)-(\d\d)$/ or return 0;

	return eval { timegm(0, 0, 0, $day, $month - 1, $year); 1 };
}

sub label
{
	my ($kind, $name) = @_;

	return $labels{$kind}{$name} // refuse(
		"unknown $kind \"$name\"; there are: "
		  . join(', ', sort { $labels{$kind}{$a} <=> $labels{$kind}{$b} } keys %{ $labels{$kind} }));
}

sub yes_no
{
	my ($word) = @_;

	refuse("expected yes or no, found \"$word\"") unless $word =~ /^(yes|no)$/;
	return $word eq 'yes' ? 1 : 0;
}

sub only_yes
{
	my ($word) = @_;

	refuse("expected yes, found \"$word\"") if $word ne 'yes';
	return 1;
}

sub new_entry
{
	my ($provider, $text) = @_;

	refuse("duplicate code \"$text\"; the first is in line $code_at{$text}") if $code_at{$text};
	$code_at{$text} = $line;
	refuse("\"$text\" is longer than " . MAX_TEXT . ' bytes') if length $text > MAX_TEXT;
	my $entry =
	  { here(), provider => $provider, text => $text, rows => [], variants => [], direct => {} };
	push @codes, $entry;
	return $entry;
}

sub set_id
{
	my ($entry, $id) = @_;
	my $ids = $entry->{provider}{ids};

	refuse("duplicate id $id: \"$ids->{$id}{text}\" has it") if $ids->{$id};
	refuse("\"$entry->{text}\" has an id already") if defined $entry->{id};
	$entry->{id} = $id;
	$ids->{$id} = $entry;
	return;
}

sub set
{
	my ($entry, $attribute, $value) = @_;

	refuse("duplicate $attribute of \"$entry->{text}\"") if exists $entry->{direct}{$attribute};
	$entry->{direct}{$attribute} = $value;
	return;
}

# Ids are in the order of the names, so that two numbers of different providers compare by
# their stored forms alone.
sub check_providers
{
	for my $i (1 .. $#providers)
	{
		my ($previous, $provider) = @providers[ $i - 1, $i ];
		refuse_at($provider, "id $provider->{id} is taken by \"$previous->{name}\"")
		  if $previous->{id} == $provider->{id};
		refuse_at($provider, "ids must be in the order of the providers' names")
		  if $previous->{name} ge $provider->{name};
	}
	return;
}

# Refuses a message that no code has.
sub check_messages
{
	$_->{used} || refuse_at($_, "no code has message \"$_->{name}\"") for values %messages;
	return;
}

# Sets the attributes that an entry has without those of its base.
sub resolve_direct
{
	my ($entry) = @_;
	my $direct = $entry->{direct};

	return if $entry->{resolved}++;
	if (@{ $entry->{rows} } || $entry->{vendor})
	{
		resolve_texts($entry);
		check_attributes($entry);
		$direct->{categories} = [ $direct->{category} ];
	}
	else
	{
		resolve_from_variants($entry);
	}
	return;
}

# Sets the meaning of an entry: its own attributes, and those of its base for the rest.
sub complete_meaning
{
	my ($entry) = @_;
	my $direct = $entry->{direct};
	my $base = $entry->{base} ? $entry->{base}{direct} : {};

	$entry->{meaning} =
	  { map { $_ => $direct->{$_} // $base->{$_} } (map { $_->{keyword} } @attributes), 'categories' };
	return;
}

# Takes the texts of the first row in the newest document, or those of "vendor".
sub resolve_texts
{
	my ($entry) = @_;
	my $direct = $entry->{direct};
	my ($row) = sort { $b->{document}{number} <=> $a->{document}{number} } @{ $entry->{rows} };

	refuse_at($entry, "\"$entry->{text}\" has both row and vendor") if $row && $entry->{vendor};
	refuse_at($entry, "\"$entry->{text}\" has rows, so the documents say whether it is deprecated")
	  if $row && exists $direct->{deprecated};
	@{$direct}{@ROW_TEXTS} = @{ $row // $entry->{vendor} }{@ROW_TEXTS};
	$direct->{deprecated} = $row->{document} == $entry->{provider}{newest} ? 0 : 1 if $row;
	$direct->{deprecated} //= 0;
	return;
}

sub check_attributes
{
	my ($entry) = @_;
	my $direct = $entry->{direct};

	for my $attribute (@REQUIRED)
	{
		refuse_at($entry, "\"$entry->{text}\" lacks $attribute") unless exists $direct->{$attribute};
	}
	for my $wait (qw(retry_after delay))
	{
		refuse_at($entry, "\"$entry->{text}\" names a wait, but is not retryable")
		  if $direct->{$wait} && !$direct->{retryable};
	}
	refuse_at($entry, "\"$entry->{text}\" has both retry_after and delay")
	  if $direct->{retry_after} && $direct->{delay};
	refuse_at($entry, "\"$entry->{text}\" has a stage, but is terminal")
	  if $direct->{stage} && $direct->{terminal};
	return;
}

# Takes the attributes on which the variants of a code without texts agree.
sub resolve_from_variants
{
	my ($entry) = @_;
	my $direct = $entry->{direct};
	my @variants = @{ $entry->{variants} };

	refuse_at($entry, "\"$entry->{text}\" has neither row, vendor nor two variants")
	  if @variants < 2;
	refuse_at($entry, "\"$entry->{text}\" has no texts, so its variants decide for it")
	  if grep { $_ ne 'user_message' } keys %$direct;
	resolve_direct($_) for @variants;
	for my $attribute (map { $_->{keyword} } @attributes)
	{
		my %values = map { ($_->{direct}{$attribute} // '') => 1 } @variants;
		$direct->{$attribute} //= $variants[0]{direct}{$attribute} if keys %values == 1;
	}
	refuse_at($entry, "\"$entry->{text}\" lacks user_message: its variants' differ")
	  unless $direct->{user_message};
	$direct->{categories} = [ map { $_->{direct}{category} } @variants ];
	$direct->{description} = join ' | ', map { $_->{direct}{description} } @variants;
	$entry->{vendor} = 1 unless grep { !$_->{vendor} } @variants;
	return;
}

# ---- Output ----

# The members of catalog_constants, which the tables refer to: see ref.h.  Each has a name, how C
# declares it, and its value.
my (@constants, %texts, %intervals, %tags, %message_constants);

# Adds a constant, and returns the C initializer of a reference to it.
sub add_constant
{
	my ($name, $declaration, $value) = @_;

	push @constants, { name => $name, declaration => $declaration, value => $value };
	return "REF_TO_CONSTANT($name)";
}

# The C initializer of a reference to a text as a constant of the server's type text; each is written
# once.
sub text_constant
{
	my ($text) = @_;

	return '{NULL}' unless defined $text;
	if (!$texts{$text})
	{
		my $name = 'text_' . (1 + keys %texts);
		my $length = length $text;

		$texts{$text} = add_constant($name, "TEXT_MEMBER($name, $length)", 'TEXT_VALUE(' . c_string($text) . ')');
	}
	return $texts{$text};
}

sub interval_constant
{
	my ($seconds) = @_;

	return '{NULL}' unless defined $seconds;
	my $name = "interval_${seconds}_s";

	return $intervals{$seconds} //=
	  add_constant($name, "Interval $name", initializer(time => "INT64CONST(${seconds}000000)"));
}

# The C initializer of a reference to a language's tag.
sub tag_constant
{
	my ($tag) = @_;
	my $name = 'tag_' . $tag =~ tr/-/_/r;
	my $size = 1 + length $tag;

	return $tags{$tag} //= add_constant($name, "char $name\[$size]", c_string($tag));
}

# The C initializer of a reference to what end users are shown in all languages; each message is
# written once.
sub message_constant
{
	my ($name) = @_;

	return '{NULL}' unless defined $name;
	if (!$message_constants{$name})
	{
		my $constant = 'messages_' . (1 + keys %message_constants);
		my $count = @languages;
		my @texts = map {
			initializer(tag => tag_constant($_), message => text_constant($messages{$name}{texts}{$_}))
		} sort @languages;
		my $list = add_constant("${constant}_texts", "UserMessage ${constant}_texts[$count]",
			'{' . join(', ', @texts) . '}');

		$message_constants{$name} = add_constant($constant, "UserMessages $constant",
			initializer(messages => $list, count => $count, in_utf8 => 'true'));
	}
	return $message_constants{$name};
}

# The strings of C's tables: each table's are one array, with an empty string at its beginning.
my %strings;

# The offset of a string in a table's array, or 0 for no string.
sub string_offset
{
	my ($table, $string) = @_;
	my $strings = $strings{$table} //= { list => [''], size => 1, offsets => {} };

	return 0 unless defined $string;
	if (!$strings->{offsets}{$string})
	{
		$strings->{offsets}{$string} = $strings->{size};
		push @{ $strings->{list} }, $string;
		$strings->{size} += 1 + length $string;
	}
	return $strings->{offsets}{$string};
}

sub write_strings
{
	my ($head, $table) = @_;

	string_offset($table);
	print "\n$head $table\[] =\n", (map { "\t" . c_string("$_\0") . "\n" } @{ $strings{$table}{list} }), "\t;\n";
	return;
}

sub c_string
{
	my ($text) = @_;

	$text =~ s/(["\\?])/\\$1/g;
	$text =~ s/([\0\x80-\xff])/sprintf '\\%03o', ord $1/ge;
	return "\"$text\"";
}

sub tri { return defined $_[0] ? ($_[0] ? 'TRI_TRUE' : 'TRI_FALSE') : 'TRI_UNKNOWN'; }

sub number { return $_[0] // 0; }

sub messages_list { return '{' . message_constant($_[0]) . '}'; }

# The C initializer of a struct, of pairs of a member and its value.  By name: a member that is moved
# or missing then doesn't give its value to another.
sub initializer
{
	my (@members) = @_;
	my @parts;

	while (my ($name, $value) = splice @members, 0, 2)
	{
		push @parts, ".$name = $value";
	}
	return '{' . join(', ', @parts) . '}';
}

sub meaning_constant
{
	my ($meaning, $known) = @_;
	my @categories = @{ $meaning->{categories} // [] };

	return initializer(
		(map { $_->{name} => $_->{write}->($meaning->{ $_->{keyword} }) } @attributes),
		categories => join(' | ', map { "CATEGORY_BIT($_)" } @categories) || 0,
		known => $known ? 'true' : 'false');
}

# Returns a text as text_match.c normalizes it: texts that are equal then match in C.
sub normalized
{
	my ($text) = @_;

	$text =~ tr/A-Z/a-z/;
	$text =~ s/^\s+|\s+\z//g;
	$text =~ s/\s*\.\z//;
	$text =~ s{(^|[^\s_-])([\s_-]+)(?=(.|\z))}
	  {
		my ($before, $separators, $after) = ($1, $2, $3);
		my $between_digits = "$before$after" =~ /^[0-9]{2}\z/;
		my $at_end_of_part = $before =~ m{^[:/]?\z} || $after =~ m{^[:/]?\z};
		$before . ($between_digits || $at_end_of_part && $separators =~ /[_-]/ ? '-' : '');
	  }gex;
	$text =~ s{(^|[:/])0+(?=[0-9])}{$1}g;
	return $text;
}

# Returns the details that identify a variant, by their normalized form: the descriptions in its rows, and
# its "detail" lines.
sub details_of
{
	my ($variant) = @_;
	my %details = map { normalized($_) => $_ } reverse(
		(map { $_->{description} // () } @{ $variant->{rows} }),
		(map { $_->{text} } @{ $variant->{details} }));

	delete $details{''};
	return %details;
}

# Returns the words that identify variants, as rows of a C table.  A detail identifies a variant if
# neither the code nor another variant of it has the detail.  A title of a row does if no other code or
# variant of the provider has it, and if it does not merely repeat the code.
sub variant_word_rows
{
	my (%titled, %detailed, @rows);

	for my $entry (@codes)
	{
		my %titles = map { normalized($_->{title} // '') => 1 } @{ $entry->{rows} };
		$titled{"$entry->{provider}{name} $_"}++ for keys %titles;
		my %details = details_of($entry);
		$detailed{ ($entry->{base} // $entry)->{text} . " $_" }++ for keys %details;
	}
	for my $entry (grep { $_->{base} } @codes)
	{
		my $code = $entry->{base}{code};
		my $row = @{ $entry->{rows} } ? $entry->{direct} : {};
		my $title = normalized($row->{title} // '');
		my %details = details_of($entry);
		my $add = sub {
			my ($kind, $words) = @_;
			push @rows, sprintf '{%d, %d, %s, %s}', $entry->{base}{index}, $entry->{index}, $kind,
			  string_offset(variant_strings => $words);
		};

		(my $as_code = $title) =~ s/[^a-z0-9]+//g;
		(my $plain_code = normalized($code)) =~ s/[^a-z0-9]+//g;
		$add->(WORDS_TITLE => $row->{title})
		  if $title ne '' && $as_code ne $plain_code && $titled{"$entry->{provider}{name} $title"} == 1;
		$add->(WORDS_DETAIL => $details{$_})
		  for grep { $detailed{"$entry->{base}{text} $_"} == 1 } sort keys %details;
	}
	return @rows;
}

# The tables of payload.c. Each is flat; what consists of several rows of another table has them
# as a range: the first, and how many.
my (%shape_rows, %shape_ranges, %payload_place);

sub shape_range
{
	my ($table, @rows) = @_;
	my $list = $shape_rows{$table} //= [];
	my $range = '{' . scalar(@$list) . ', ' . scalar(@rows) . '}';

	return '{0, 0}' unless @rows;
	my $known = \$shape_ranges{$table}{ join "\n", @rows };
	return $$known if $$known;
	push @$list, @rows;
	return $$known = $range;
}

sub shape_string { return string_offset(shape_strings => $_[0]); }

sub path_range
{
	my ($path) = @_;

	return shape_range(
		steps => map {
			sprintf '{%d, %s, %s, %s}', shape_string($_->{member}),
			  (map { $_ ? 'true' : 'false' } @{$_}{qw(elements or_itself)}),
			  test_range($_->{test} // ())
		} @$path);
}

sub test_range
{
	return shape_range(
		tests => map {
			sprintf '{%s, %s, %s, %s, %d}', path_range($_->{path}), $_->{kind},
			  $_->{negated} ? 'true' : 'false', $_->{type} // 'JSON_STRING', shape_string($_->{word})
		} @_);
}

sub line_range
{
	my ($provider, @lines) = @_;

	return shape_range(
		lines => map {
			sprintf '{%s, %s, %d, %d, %s, %s, %s}', path_range($_->{path}),
			  test_range(@{ $_->{tests} }), $payload_place{ $_->{as} // $provider->{name} },
			  shape_string($_->{variant}),
			  map { $_ ? 'true' : 'false' } @{$_}{qw(alternative known job)}
		} @lines);
}

sub shape_row
{
	my ($provider, $shape) = @_;
	my @items = @{ $shape->{items} };

	@items = ({ path => [], which => 'ITEMS_FIRST' }) unless @items;
	return sprintf '{%s, %s, %s, %s}',
	  shape_range(whens => map { test_range(@$_) } @{ $shape->{whens} }),
	  shape_range(items => map { '{' . path_range($_->{path}) . ", $_->{which}}" } @items),
	  line_range($provider, @{ $shape->{lines} }), line_range($provider, @{ $shape->{otherwise} });
}

sub payload_provider_row
{
	my ($provider) = @_;
	my ($least, $most) = @{ $provider->{reported} // [ -1, -1 ] };

	return sprintf '{%d, %s, %d, %d, %s, %s, %s, %s}', shape_string($provider->{name}),
	  $provider->{numeric} ? 'true' : 'false', $least, $most,
	  shape_range(shapes => map { shape_row($provider, $_) } @{ $provider->{shapes} }),
	  line_range($provider, @{ ($provider->{job} // {})->{lines} // [] }),
	  '{' . join(', ', map {
		shape_range(members => map { shape_string($_) } @{ $provider->{variant_members}{$_} // [] })
	  } qw(name title detail)) . '}',
	  shape_range(aliases => map { '{' . shape_string($_->{word}) . ", $_->{entry}{index}}" }
		  @{ $provider->{aliases} });
}

sub write_payload_tables
{
	@payload_providers = sort { $a->{name} cmp $b->{name} } @payload_providers;
	$payload_place{ $payload_providers[$_]{name} } = $_ for 0 .. $#payload_providers;
	my @rows = map { payload_provider_row($_) } @payload_providers;
	my @tables = (
		[ steps => 'ShapeStep' ],
		[ tests => 'ShapeTest' ],
		[ whens => 'ShapeRange' ],
		[ items => 'ShapeItems' ],
		[ lines => 'ShapeLine' ],
		[ members => 'uint16' ],
		[ aliases => 'ShapeAlias' ],
		[ shapes => 'Shape' ]);

	write_strings('static const char', 'shape_strings');
	for (@tables)
	{
		my ($name, $type) = @$_;
		write_table("static const $type shape_$name\[]",
			$shape_rows{$name} ? @{ $shape_rows{$name} } : '{0}');
	}
	write_table('static const PayloadProvider payload_providers[]', @rows);
	return;
}

# Compares two entries in the order of status_code_compare(), in which a code precedes its variants.
sub by_order
{
	my ($provider_a, $code_a, $variant_a) = split m{[:/]}, $a->{text};
	my ($provider_b, $code_b, $variant_b) = split m{[:/]}, $b->{text};
	my ($number_a, $number_b) = map { /^\d+$/ ? 1 : 0 } $code_a, $code_b;

	return $provider_a cmp $provider_b
	  || $number_b <=> $number_a
	  || ($number_a ? $code_a <=> $code_b : 0)
	  || $code_a cmp $code_b
	  || ($variant_a // '') cmp($variant_b // '');
}

# Returns the bucket at which the lookup of a text begins, as first_bucket() in catalog.c does.
sub first_bucket
{
	my ($text, $buckets) = @_;
	my $hash = length($text) * 0x9E3779B1;
	my $padded = length $text < 8 ? pack 'a8', $text : $text;
	my $last = length($padded) - 8;
	my @words = map { unpack 'VV', substr $padded, $_, 8 } 0, int($last / 2), $last;
	my @factors = (0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1, 0x2545F491, 0x9E3779B9);

	$hash = ($hash + $words[$_] * $factors[$_] % 2**32) % 2**32 for 0 .. $#words;
	$hash ^= $hash >> 15;
	$hash = $hash * 0x85EBCA6B % 2**32;
	return ($hash ^ $hash >> 13) % $buckets;
}

# Returns the positions of the codes, counted from 1, as a hash table of which at least half is empty.
sub buckets
{
	my $size = 2;
	my @buckets;

	$size *= 2 while $size < 2 * @codes;
	@buckets = (0) x $size;
	for my $entry (@codes)
	{
		my $bucket = first_bucket($entry->{text}, $size);
		$bucket = ($bucket + 1) % $size while $buckets[$bucket];
		$buckets[$bucket] = $entry->{index} + 1;
	}
	return @buckets;
}

# A provider's part of a table of numbers by ids, broken into lines.
sub number_rows
{
	my ($provider_id, @numbers) = @_;

	return "[$provider_id * CATALOG_CODE_IDS] =\n\t\t" . join(",\n\t\t", number_lines(@numbers));
}

sub number_lines
{
	my (@numbers) = @_;
	my @lines;

	push @lines, join ', ', splice @numbers, 0, 20 while @numbers;
	return @lines;
}

sub write_table
{
	my ($head, @rows) = @_;

	print "\n$head = {\n", (map { "\t$_,\n" } @rows), "};\n";
	return;
}

# Writes the catalog for readers, with document.pl.
sub write_document
{
	my %names = map {
		my $kind = $_;
		$kind => [ sort { $labels{$kind}{$a} <=> $labels{$kind}{$b} } keys %{ $labels{$kind} } ]
	} keys %labels;

	require "$FindBin::Bin/document.pl";
	CatalogDocument::write_catalog(
		labels => \%names,
		explanations => \%explanations,
		severities => \%severities,
		providers => [ sort { $a->{name} cmp $b->{name} } @payload_providers ],
		codes => \@codes);
	return;
}

sub write_output
{
	$codes[$_]{index} = $_ for 0 .. $#codes;

	# Tables that refer to constants are made first, so that all constants are known.
	# The first meaning is that of a value of which nothing is known.
	my @meanings = (meaning_constant({}));
	my (@code_rows, @document_rows, @provider_rows, @meaning_rows, @positions);
	my $add_meaning = sub { return push(@meanings, meaning_constant(@_)) - 1; };
	for my $entry (@codes)
	{
		$entry->{direct_number} = $add_meaning->($entry->{direct}, 1);
		$entry->{meaning_number} =
		  $entry->{base} ? $add_meaning->($entry->{meaning}, 1) : $entry->{direct_number};
		push @code_rows,
		  initializer(
			text_offset => string_offset(catalog_texts => $entry->{text}),
			text_len => length $entry->{text},
			direct => $entry->{direct_number},
			meaning => $entry->{meaning_number},
			undocumented => $entry->{vendor} ? 'true' : 'false',
			variants => scalar @{ $entry->{variants} },
			code_id => $entry->{id} // 'CATALOG_NO_CODE_ID');
		push @document_rows, map { [ $entry, $_ ] } @{ $entry->{rows} };
	}
	for my $provider (@providers)
	{
		my ($id, $numeric) = @{$provider}{qw(id numeric)};
		my %classes = map { $_ => $add_meaning->($provider->{classes}{$_}) }
		  sort keys %{ $provider->{classes} };
		my @entries = map { $provider->{ids}{$_} } 0 .. CODE_IDS - 1;
		push @positions, number_rows($id, map { $_ ? $_->{index} + 1 : 0 } @entries);
		push @meaning_rows, number_rows(
			$id,
			map {
				    $entries[$_] ? $entries[$_]{meaning_number}
				  : $numeric && $_ < NUMBERS ? $classes{ int($_ / 100) } // 0
				  : 0
			} 0 .. CODE_IDS - 1);
		push @provider_rows,
		  "[$id] = "
		  . initializer(
			name => c_string($provider->{name}),
			name_len => length $provider->{name},
			numeric => $numeric ? 'true' : 'false');
	}
	@document_rows =
	  map { $_->[2] } sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] }
	  map {
		my ($entry, $row) = @$_;
		[
			$row->{document}{number},
			$entry->{index},
			initializer(
				document => $row->{document}{number},
				code => $entry->{index},
				map { $_ => text_constant($row->{$_}) } 'section',
				@ROW_TEXTS)
		]
	  } @document_rows;
	my @source_constants = map {
		my $provider = $_;
		initializer(
			provider => text_constant($provider->{name}),
			source => text_constant($provider->{source}{text}),
			as_of => c_string($provider->{source}{date} // ''),
			complete => $provider->{source}{complete} ? 'true' : 'false',
			codes => scalar grep { $_->{provider} == $provider && !$_->{base} } @codes)
	} sort { $a->{name} cmp $b->{name} } @payload_providers;
	my @document_constants = map {
		initializer(
			name => text_constant($_->{name}),
			published => c_string($_->{date} eq '-' ? '' : $_->{date}))
	} @documents;

	my @buckets = buckets();
	my $by_id = '[CATALOG_IDS]';

	print "/* Made by catalog/generate.pl from the text files beside it; not to be edited. */\n\n";
	print "#ifndef CATALOG_DATA_H\n#define CATALOG_DATA_H\n\n";
	for my $kind (qw(category action))
	{
		my @names = sort { $labels{$kind}{$a} <=> $labels{$kind}{$b} } keys %{ $labels{$kind} };
		print "#define \U${kind}\E_LABELS ", join(', ', map { c_string($_) } @names), "\n";
		print "#define \U${kind}_$_\E $labels{$kind}{$_}\n" for @names;
		print "\n";
	}
	printf "#define CATALOG_DIGEST UINT64CONST(0x%s)\n", substr md5_hex($digest_input), 0, 16;
	print "#define CATALOG_MAX_PROVIDER_ID $providers[-1]{id}\n";
	print '#define CATALOG_PROVIDER_SIZE ', 1 + max(map { length $_->{name} } @providers), "\n";
	print '#define CATALOG_ACTIONS ', scalar keys %{ $labels{action} }, "\n";
	print "#define CATALOG_$_ $LIMITS{$_}\n" for sort keys %LIMITS;
	print '#define CATALOG_CODES ', scalar @codes, "\n";
	print '#define CATALOG_MEANINGS ', scalar @meanings, "\n";
	print "#define CATALOG_LETTERS 26\n";
	print '#define CATALOG_BUCKETS ', scalar @buckets, "\n";
	print '#define CATALOG_MAX_STEPS ', MAX_STEPS, "\n";
	print "\n#endif\n\n#if defined(CATALOG_CONSTANTS) || defined(CATALOG_TABLES)\n";
	print "\nstruct CatalogConstants\n{\n", (map { "\t$_->{declaration};\n" } @constants), "};\n";
	print "\n#endif\n\n#ifdef CATALOG_CONSTANTS\n";
	write_table('const struct CatalogConstants catalog_constants',
		map { ".$_->{name} = $_->{value}" } @constants);
	print "\n#endif\n\n#ifdef CATALOG_TABLES\n";
	write_strings('const char', 'catalog_texts');
	write_table('const uint8 catalog_action_severities[CATALOG_ACTIONS + 1]',
		map { sprintf '[%d] = %d', $labels{action}{$_} // 0, $severities{$_} } sort keys %severities);
	write_table('const StatusMeaning catalog_meanings[CATALOG_MEANINGS]', @meanings);
	write_table("const uint16 catalog_meaning_numbers$by_id", @meaning_rows);
	write_table('static const CatalogCode catalog_codes[CATALOG_CODES]', @code_rows);
	write_table("static const uint16 catalog_positions$by_id", @positions);
	write_table('static const uint16 catalog_buckets[CATALOG_BUCKETS]', number_lines(@buckets));
	write_table('static const CatalogProvider catalog_providers[CATALOG_MAX_PROVIDER_ID + 1]',
		@provider_rows);

	# The id of the first provider whose name begins with a letter or a later one. A name begins with a
	# lower-case letter, and ids are in the order of the names.
	my @letters = 'a' .. 'z';
	my $end = $providers[-1]{id} + 1;
	write_table(
		'static const uint8 catalog_first_providers[CATALOG_LETTERS + 1]',
		number_lines(
			map {
				my $letter = $_;
				(map { $_->{id} } grep { $_->{name} ge $letter } @providers)[0] // $end
			} @letters, '{'));
	write_table('static const CatalogSource catalog_sources[]', @source_constants);
	write_table('static const CatalogDocument catalog_documents[]', @document_constants);
	write_table('static const CatalogDocumentRow catalog_document_rows[]', @document_rows);
	print "\n#endif\n\n#ifdef VARIANT_TABLES\n";
	my @word_rows = variant_word_rows();
	write_strings('static const char', 'variant_strings');
	write_table('static const VariantWords variant_words[]', @word_rows ? @word_rows : '{0, 0, WORDS_TITLE, 0}');
	print "\n#endif\n\n#ifdef PAYLOAD_TABLES\n";
	write_payload_tables();
	print "\n#endif\n";
	return;
}
