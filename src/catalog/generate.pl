#!/usr/bin/perl
#
# generate.pl: turns the catalog's text files into C tables.
#
# Usage: perl generate.pl labels.txt messages.txt PROVIDER.txt... > catalog_data.h
#
# README.md in this folder describes the files.  Anything wrong in them ends the build with file,
# line and reason, and nothing is written.  The output is for catalog.c and label.c alone, which say
# what the tables are for.

use strict;
use warnings;

use Digest::MD5 qw(md5_hex);
use Time::Local qw(timegm);

# The longest text form, and the numbers that fit the two bytes of a compact image: see
# status_code.c, which knows what they are for.
use constant { MAX_TEXT => 126, MAX_BLOCK => 63, SLOTS => 1024, NUMBERS => 1000 };

# StatusMeaning has a bit for each category, less the first.
use constant MAX_LABEL => 15;

# What a meaning consists of, and what must be said of each that has texts of its own.
my @ATTRIBUTES = qw(name title description user_message retry_after delay category action
  retryable terminal deprecated stage);
my @REQUIRED = qw(category action retryable terminal user_message);

# The languages of messages, in the order of UserLanguage. What each may be written with: letters
# that all encodings have which user_messages.c takes for able to write it.
my @LANGUAGES = qw(en es);
my %WRITTEN_WITH = (
	en => qr/[\x20-\x7e]/,
	es => qr/[\x20-\x7e]|\xc3[\x81\x89\x8d\x91\x93\x9a\x9c\xa1\xa9\xad\xb1\xb3\xba\xbc]/);
use constant MAX_MESSAGE => 160;

my %SECONDS = (s => 1, min => 60, h => 3600);

my ($file, $line);    # where we are, for refuse()
my (%labels, %messages, @providers, @documents, @codes, %code_at);
my $digest_input = '';

my ($labels_file, $messages_file, @provider_files) = @ARGV;
die "usage: perl generate.pl labels.txt messages.txt PROVIDER.txt...\n" unless @provider_files;
read_lines($labels_file, \&take_label);
read_messages($messages_file);
read_provider($_) for @provider_files;
@providers = sort { $a->{block} <=> $b->{block} } @providers;
check_providers();
settle_own($_) for @codes;
complete_meaning($_) for @codes;
check_messages();
write_output();
exit 0;

sub refuse
{
	my ($reason) = @_;

	die "$file:$line: $reason\n";
}

# Refuses something found once its whole stanza was read, at the line where the stanza begins.
sub refuse_at
{
	my ($thing, $reason) = @_;

	($file, $line) = @{$thing}{qw(file line)};
	refuse($reason);
}

# Hands every line that says something to a sub: its first word, and the rest without its comment.
sub read_lines
{
	my ($path, $take) = @_;

	open my $in, '<', $path or die "could not open \"$path\": $!\n";
	($file, $line) = ($path, 0);
	while (my $text = <$in>)
	{
		$line++;
		chomp $text;
		$text =~ s/(^|\s)#.*// unless $text =~ /^(row|vendor)\s/;
		$text =~ s/\s+$//;
		next if $text eq '';
		my ($language) = $text =~ /^(\w+)/;
		my $letter = $WRITTEN_WITH{ $language // '' } // $WRITTEN_WITH{en};
		refuse("not plain ASCII: \"$text\"") if $text !~ /^(?:$letter)*$/;
		$digest_input .= "$text\n";
		my ($word, $rest) = split ' ', $text, 2;
		$take->($word, $rest // '');
	}
	close $in;
	return;
}

sub take_label
{
	my ($kind, $name) = @_;

	refuse("expected \"category\" or \"action\", found \"$kind\"")
	  unless $kind =~ /^(category|action)$/;
	refuse("malformed label \"$name\"") unless $name =~ /^[a-z][a-z_]*$/;
	refuse("duplicate $kind \"$name\"") if $labels{$kind}{$name};
	$labels{$kind}{$name} = 1 + keys %{ $labels{$kind} };
	refuse('there are ' . MAX_LABEL . " of a kind at most") if $labels{$kind}{$name} > MAX_LABEL;
	return;
}

# Reads what end users are shown; it ends up in %messages.
sub read_messages
{
	my ($path) = @_;
	my $message;

	read_lines(
		$path,
		sub {
			my ($word, $rest) = @_;
			if ($word eq 'message')
			{
				my ($name) = fields($rest, 1);
				refuse("malformed message \"$name\"") unless $name =~ /^[a-z][a-z0-9-]*$/;
				refuse("duplicate message \"$name\"") if $messages{$name};
				$message = $messages{$name} = { here(), name => $name };
				return;
			}
			refuse("unknown keyword \"$word\"") unless grep { $_ eq $word } @LANGUAGES;
			refuse("\"$word\" stands after its message") unless $message;
			refuse("duplicate $word of message \"$message->{name}\"") if $message->{$word};
			check_text($rest);
			refuse('longer than ' . MAX_MESSAGE . ' bytes') if length $rest > MAX_MESSAGE;
			$message->{$word} = $rest;
		});
	for my $one (values %messages)
	{
		defined $one->{$_} || refuse_at($one, "message \"$one->{name}\" lacks $_") for @LANGUAGES;
	}
	return;
}

# Reads one provider's file; what it holds ends up in @providers, @documents and @codes.
sub read_provider
{
	my ($path) = @_;
	my ($provider, $code, $entry);

	my %take = (
		provider => sub {
			my ($name, $kind, $block) = fields($_[0], 3);
			refuse('a file describes one provider') if $provider;
			refuse("malformed provider \"$name\"") unless $name =~ /^[a-z][a-z0-9_-]*$/;
			refuse("expected \"numbers\" or \"slugs\", found \"$kind\"")
			  unless $kind =~ /^(numbers|slugs)$/;
			$provider = {
				here(),
				name => $name,
				numeric => $kind eq 'numbers',
				block => $block eq '-' ? undef : whole($block, 1, MAX_BLOCK),
				documents => {},
				slots => {},
				classes => {}
			};
			# status_code_text() writes any number of the provider's, also where no code has three digits.
			refuse("the numbers of \"$name\" may be longer than " . MAX_TEXT . ' bytes')
			  if $provider->{numeric} && length("$name:") + length(NUMBERS - 1) > MAX_TEXT;
			refuse('numbers need a block') if $provider->{numeric} && $block eq '-';
			push @providers, $provider if $block ne '-';
		},
		document => sub {
			my ($name, $date) = fields($_[0], 2);
			refuse("duplicate document \"$name\"") if grep { $_->{name} eq $name } @documents;
			refuse("malformed date \"$date\"") unless $date eq '-' || is_date($date);
			refuse('documents stand oldest first')
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
			refuse("provider \"$provider->{name}\" has numbers from 0 to 999, not \"$name\"")
			  if $provider->{numeric} && $name !~ /^(0|[1-9]\d{0,2})$/;
			$code = $entry = new_entry($provider, "$provider->{name}:$name");
			$code->{code} = $name;
			set_slot($entry, $name) if $provider->{numeric};
		},
		variant => sub {
			my ($name) = fields($_[0], 1);
			refuse('a variant stands after its code') unless $code;
			refuse("malformed variant \"$name\"") unless $name =~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
			$entry = new_entry($provider, "$code->{text}/$name");
			$entry->{base} = $code;
			push @{ $code->{variants} }, $entry;
		},
		image => sub {
			refuse('a number has its image by arithmetic')
			  if $provider->{numeric} && !$entry->{base};
			refuse('a number has no images for its variants') if $provider->{numeric};
			refuse('a provider without a block has no images') unless $provider->{block};
			set_slot($entry, whole($_[0], 1, SLOTS - 1));
		},
		category => sub { set($entry, category => label(category => $_[0])) },
		action => sub { set($entry, action => label(action => $_[0])) },
		retryable => sub { set($entry, retryable => yes_no($_[0])) },
		terminal => sub { set($entry, terminal => yes_no($_[0])) },
		retry_after => sub { set($entry, retry_after => seconds($_[0])) },
		delay => sub {
			my $minutes = seconds($_[0]) / 60;
			refuse("expected whole minutes, found \"$_[0]\"") if $minutes != int $minutes;
			set($entry, delay => $minutes);
		},
		stage => sub {
			my ($stage, $step) = $_[0] =~ /^([1-9])(?:\.([1-9]))?$/
			  or refuse("expected N or N.M, each from 1 to 9, found \"$_[0]\"");
			set($entry, stage => "STAGE($stage, " . ($step // 0) . ')');
		},
		deprecated => sub {
			refuse("expected yes, found \"$_[0]\"") if $_[0] ne 'yes';
			set($entry, deprecated => 1);
		},
		user_message => sub {
			my ($name) = fields($_[0], 1);
			refuse("unknown message \"$name\"") unless $messages{$name};
			$messages{$name}{used} = 1;
			set($entry, user_message => $name);
		},
		row => sub {
			my ($name, @texts) = texts('row', $_[0], qw(DOCUMENT SECTION NAME TITLE DESCRIPTION));
			$name //= '-';
			my $document = $provider->{documents}{$name}
			  or refuse("provider \"$provider->{name}\" has no document \"$name\"");
			my %row = (document => $document);
			@row{qw(section name title description)} = @texts;
			push @{ $entry->{rows} }, \%row;
		},
		vendor => sub {
			refuse("duplicate vendor of \"$entry->{text}\"") if $entry->{vendor};
			@{ $entry->{vendor} }{qw(name title description)} =
			  texts('vendor', $_[0], qw(NAME TITLE DESCRIPTION));
			refuse('a description is missing') unless defined $entry->{vendor}{description};
		});

	read_lines(
		$path,
		sub {
			my ($word, $rest) = @_;
			my $sub = $take{$word} or refuse("unknown keyword \"$word\"");
			refuse('the first line names the provider') if !$provider && $word ne 'provider';
			refuse("\"$word\" stands after its code")
			  if !$entry && $word !~ /^(provider|document|class|code|variant)$/;
			$sub->($rest);
		});
	die "$path: no provider\n" unless $provider;
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

sub new_entry
{
	my ($provider, $text) = @_;

	refuse("duplicate code \"$text\"; it stands in line $code_at{$text}") if $code_at{$text};
	$code_at{$text} = $line;
	refuse("\"$text\" is longer than " . MAX_TEXT . ' bytes') if length $text > MAX_TEXT;
	my $entry =
	  { here(), provider => $provider, text => $text, rows => [], variants => [], own => {} };
	push @codes, $entry;
	return $entry;
}

sub set_slot
{
	my ($entry, $slot) = @_;
	my $slots = $entry->{provider}{slots};

	refuse("duplicate image $slot: \"$slots->{$slot}{text}\" has it") if $slots->{$slot};
	refuse("\"$entry->{text}\" has an image already") if defined $entry->{slot};
	$entry->{slot} = $slot;
	$slots->{$slot} = $entry;
	return;
}

sub set
{
	my ($entry, $attribute, $value) = @_;

	refuse("duplicate $attribute of \"$entry->{text}\"") if exists $entry->{own}{$attribute};
	$entry->{own}{$attribute} = $value;
	return;
}

# Blocks stand in the order of the names, so that two numbers of different providers compare by
# their images alone.
sub check_providers
{
	for my $i (1 .. $#providers)
	{
		my ($previous, $provider) = @providers[ $i - 1, $i ];
		refuse_at($provider, "block $provider->{block} is taken by \"$previous->{name}\"")
		  if $previous->{block} == $provider->{block};
		refuse_at($provider, "blocks must be in the order of the providers' names")
		  if $previous->{name} ge $provider->{name};
	}
	return;
}

# Every message is some code's.
sub check_messages
{
	$_->{used} || refuse_at($_, "no code has message \"$_->{name}\"") for values %messages;
	return;
}

# Settles what an entry says for itself.
sub settle_own
{
	my ($entry) = @_;
	my $own = $entry->{own};

	return if $entry->{settled}++;
	if (@{ $entry->{rows} } || $entry->{vendor})
	{
		settle_texts($entry);
		check_attributes($entry);
		$own->{categories} = [ $own->{category} ];
	}
	else
	{
		settle_from_variants($entry);
	}
	return;
}

# What an entry answers: what it says for itself, and its base for the rest.
sub complete_meaning
{
	my ($entry) = @_;
	my $own = $entry->{own};
	my $base = $entry->{base} ? $entry->{base}{own} : {};

	$entry->{meaning} = { map { $_ => $own->{$_} // $base->{$_} } @ATTRIBUTES, 'categories' };
	return;
}

# The texts of the newest document's first row, or our own.
sub settle_texts
{
	my ($entry) = @_;
	my $own = $entry->{own};
	my ($row) = sort { $b->{document}{number} <=> $a->{document}{number} } @{ $entry->{rows} };

	refuse_at($entry, "\"$entry->{text}\" has both row and vendor") if $row && $entry->{vendor};
	refuse_at($entry, "\"$entry->{text}\" has rows, so the documents say whether it is deprecated")
	  if $row && exists $own->{deprecated};
	@{$own}{qw(name title description)} =
	  @{ $row // $entry->{vendor} }{qw(name title description)};
	$own->{deprecated} = $row->{document} == $entry->{provider}{newest} ? 0 : 1 if $row;
	$own->{deprecated} //= 0;
	return;
}

sub check_attributes
{
	my ($entry) = @_;
	my $own = $entry->{own};

	for my $attribute (@REQUIRED)
	{
		refuse_at($entry, "\"$entry->{text}\" lacks $attribute") unless defined $own->{$attribute};
	}
	for my $wait (qw(retry_after delay))
	{
		refuse_at($entry, "\"$entry->{text}\" names a wait, but is not retryable")
		  if $own->{$wait} && !$own->{retryable};
	}
	refuse_at($entry, "\"$entry->{text}\" has both retry_after and delay")
	  if $own->{retry_after} && $own->{delay};
	refuse_at($entry, "\"$entry->{text}\" has a stage, but is terminal")
	  if $own->{stage} && $own->{terminal};
	return;
}

# A code without texts of its own: what its variants agree on, and what end users are shown.
sub settle_from_variants
{
	my ($entry) = @_;
	my $own = $entry->{own};
	my @variants = @{ $entry->{variants} };

	refuse_at($entry, "\"$entry->{text}\" has neither row, vendor nor two variants")
	  if @variants < 2;
	refuse_at($entry, "\"$entry->{text}\" has no texts, so its variants decide for it")
	  if grep { $_ ne 'user_message' } keys %$own;
	settle_own($_) for @variants;
	for my $attribute (@ATTRIBUTES)
	{
		my %values = map { ($_->{own}{$attribute} // '') => 1 } @variants;
		$own->{$attribute} //= $variants[0]{own}{$attribute} if keys %values == 1;
	}
	refuse_at($entry, "\"$entry->{text}\" lacks user_message: its variants' differ")
	  unless $own->{user_message};
	$own->{categories} = [ map { $_->{own}{category} } @variants ];
	$own->{description} = join ' | ', map { $_->{own}{description} } @variants;
	$entry->{vendor} = 1 unless grep { !$_->{vendor} } @variants;
	return;
}

# ---- Output ----

my (%texts, %intervals, @definitions);

# The C expression for a text as a constant of the server's type text; each is written once.
sub text_constant
{
	my ($text) = @_;

	return 'NULL' unless defined $text;
	if (!$texts{$text})
	{
		$texts{$text} = 'text_' . (1 + keys %texts);
		push @definitions, "STATIC_TEXT($texts{$text}, " . c_string($text) . ');';
	}
	return "(const text *) &$texts{$text}";
}

sub interval_constant
{
	my ($seconds) = @_;

	return 'NULL' unless defined $seconds;
	if (!$intervals{$seconds})
	{
		$intervals{$seconds} = "interval_${seconds}_s";
		push @definitions, "static const Interval $intervals{$seconds} = "
		  . "{INT64CONST(${seconds}000000), 0, 0};";
	}
	return "&$intervals{$seconds}";
}

sub c_string
{
	my ($text) = @_;

	$text =~ s/(["\\?])/\\$1/g;
	$text =~ s/([\x80-\xff])/sprintf '\\%03o', ord $1/ge;
	return "\"$text\"";
}

sub tri { return defined $_[0] ? ($_[0] ? 'TRI_TRUE' : 'TRI_FALSE') : 'TRI_UNKNOWN'; }

sub meaning_constant
{
	my ($meaning, $known) = @_;
	my @categories = @{ $meaning->{categories} // [] };
	my $message = $messages{ $meaning->{user_message} // '' } // {};

	return
	    '{'
	  . join(', ',
		(map { text_constant($meaning->{$_}) } qw(name title description)),
		'{' . join(', ', map { text_constant($message->{$_}) } @LANGUAGES) . '}',
		interval_constant($meaning->{retry_after}),
		join(' | ', map { "CATEGORY_BIT($_)" } @categories) || 0,
		(map { $meaning->{$_} // 0 } qw(delay category action)),
		(map { tri($meaning->{$_}) } qw(retryable terminal deprecated)),
		$meaning->{stage} // 0,
		0,
		$known ? 'true' : 'false')
	  . '}';
}

# Codes stand in the order in which they sort, and so each right before its variants.
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

# A row of a table of numbers, broken into lines.
sub number_rows
{
	my ($designator, @numbers) = @_;
	my @lines;

	push @lines, join ', ', splice @numbers, 0, 20 while @numbers;
	return "$designator = {\n\t\t" . join(",\n\t\t", @lines) . "}";
}

sub write_table
{
	my ($head, @rows) = @_;

	print "\n$head = {\n", (map { "\t$_,\n" } @rows), "};\n";
	return;
}

sub write_output
{
	@codes = sort by_order @codes;
	$codes[$_]{index} = $_ for 0 .. $#codes;

	# Tables that name texts are made first, so that the texts' definitions can stand before them.
	# The first meaning is that of a value of which nothing is known.
	my @meanings = (meaning_constant({}));
	my (@code_rows, @document_rows, @provider_rows, @meaning_rows, @slots);
	my $add_meaning = sub { return push(@meanings, meaning_constant(@_)) - 1; };
	for my $entry (@codes)
	{
		$entry->{own_number} = $add_meaning->($entry->{own}, 1);
		$entry->{meaning_number} =
		  $entry->{base} ? $add_meaning->($entry->{meaning}, 1) : $entry->{own_number};
		push @code_rows,
		  sprintf '{%s, &catalog_meanings[%d], &catalog_meanings[%d], %d, %s, %d, %s}',
		  c_string($entry->{text}), $entry->{own_number}, $entry->{meaning_number},
		  length $entry->{text}, $entry->{vendor} ? 'true' : 'false',
		  scalar @{ $entry->{variants} }, $entry->{slot} // 'CATALOG_NO_SLOT';
		push @document_rows, map { [ $entry, $_ ] } @{ $entry->{rows} };
	}
	for my $provider (@providers)
	{
		my ($block, $numeric) = @{$provider}{qw(block numeric)};
		my %classes = map { $_ => $add_meaning->($provider->{classes}{$_}) }
		  sort keys %{ $provider->{classes} };
		my @entries = map { $provider->{slots}{$_} } 0 .. SLOTS - 1;
		push @slots, number_rows("[$block]", map { $_ ? $_->{index} + 1 : 0 } @entries);
		push @meaning_rows, number_rows(
			"[$block]",
			map {
				    $entries[$_] ? $entries[$_]{meaning_number}
				  : $numeric && $_ < NUMBERS ? $classes{ int($_ / 100) } // 0
				  : 0
			} 0 .. SLOTS - 1);
		push @provider_rows, sprintf '[%d] = {%s, %d, %s}', $block, c_string($provider->{name}),
		  length $provider->{name}, $numeric ? 'true' : 'false';
	}
	@document_rows =
	  map { $_->[2] } sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] }
	  map {
		my ($entry, $row) = @$_;
		[
			$row->{document}{number},
			$entry->{index},
			sprintf '{%d, %d, %s}',
			$row->{document}{number},
			$entry->{index},
			join ', ', map { text_constant($row->{$_}) } qw(section name title description)
		]
	  } @document_rows;
	my @document_constants = map {
		sprintf '{%s, %s}', text_constant($_->{name}),
		  $_->{date} eq '-' ? 'NULL' : c_string($_->{date})
	} @documents;

	my $by_slot = '[CATALOG_MAX_BLOCK + 1][CATALOG_SLOTS]';

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
	print "#define CATALOG_MAX_BLOCK $providers[-1]{block}\n";
	print '#define CATALOG_MAX_LABEL ', MAX_LABEL, "\n";
	print '#define CATALOG_SLOTS ', SLOTS, "\n";
	print '#define CATALOG_CODES ', scalar @codes, "\n";
	print "\n#endif\n\n#ifdef CATALOG_TABLES\n\n";
	print "$_\n" for @definitions;
	write_table('const StatusMeaning catalog_meanings[]', @meanings);
	write_table("const uint16 catalog_meaning_numbers$by_slot", @meaning_rows);
	write_table('static const CatalogCode catalog_codes[CATALOG_CODES]', @code_rows);
	write_table("static const uint16 catalog_positions$by_slot", @slots);
	write_table('static const CatalogProvider catalog_providers[CATALOG_MAX_BLOCK + 1]',
		@provider_rows);
	write_table('static const CatalogDocument catalog_documents[]', @document_constants);
	write_table('static const CatalogDocumentRow catalog_document_rows[]', @document_rows);
	print "\n#endif\n";
	return;
}
