# The generator refuses a wrong catalog with file, line and reason, and then writes nothing.

use strict;
use warnings;

use File::Temp qw(tempdir);
use Test::More;

# prove runs in the top of the source tree.
my $generator = 'src/catalog/generate.pl';
our $attributes = 'src/attribute_list.h';
our $for_readers = '';
my $dir = tempdir(CLEANUP => 1);

my $labels = <<'END';
category progress | under way
category success | ended well   # a comment
category request | wrong
action none 10 | nothing
action retry 30 | again
action fix_request 20 | change it
action - 25 | unknown
END

my $messages = <<"END";
language en -
language es \xc3\xa1\xc3\xa9\xc3\xb1\xc3\xb3
message all-well   # a comment
en All is well.
es Todo est\xc3\xa1 bien, ma\xc3\xb1ana tambi\xc3\xa9n.

message broken
en Something broke.
es Algo se rompi\xc3\xb3.
END

# Two providers that are as they should be.
my $numbers = <<'END';
provider alpha numbers 1
about Alpha has numbers, #1 of all; *they* are documented.
source https://example.com/#codes | 2022-12-31 | complete

document alpha-old 2020-01-31
document alpha-new 2021-02-28
class 1 progress no
class 2 success yes

code 100
category    progress      # "words" of the document
action      none
retryable   no
terminal    no
stage       2.1
user_message all-well
row alpha-old | Section | Old | - | Old text # with a sharp, "quotes", a \ and ??= in it.
row alpha-new | Section | New | - | New text.

code 200
category    success
action      none
retryable   no
terminal    yes
user_message all-well
row alpha-old | Section | Gone | - | -

code 201
category    success
action      none
retryable   no
terminal    yes
deprecated  yes
user_message all-well
vendor Own | - | Our own words # with a sharp.
variant special
category    request
action      fix_request
retryable   no
terminal    yes
user_message broken
vendor - | Special | A special meaning.

code 100200
id          1001
category    request
action      fix_request
retryable   no
terminal    yes
user_message broken
vendor - | Large | A large number.
variant special
id          1002
category    request
action      fix_request
retryable   no
terminal    yes
user_message broken
vendor - | Large and special | A large number with a variant.
END
my $slugs = <<'END';
provider beta slugs 2
about Beta has words.
source pages of beta, and more | - | incomplete
document beta -

code broken
id          1
category    request
action      retry
retryable   yes
retry_after 15 min
terminal    yes
user_message broken
row beta | - | - | Broken | It is broken.

code twofold
id          2
user_message broken
variant first
id          3
category    request
action      retry
retryable   yes
delay       10 min
terminal    yes
user_message broken
row beta | - | - | First | First meaning.
variant second
id          4
category    request
action      fix_request
retryable   no
terminal    yes
user_message all-well
row beta | - | - | Second | Second meaning.
END

# The strings of an array of the output, as C writes them, by their offsets; NULL is the one at the beginning.
sub strings_of
{
	my ($out, $array) = @_;
	my ($lines) = $out =~ /\b$array\[\] =\n(.*?)\n\t;\n/s or die "no $array";
	my ($offset, %strings) = (0);
	for (split /\n/, $lines)
	{
		my ($string) = /^\t"(.*)\\000"\z/ or die "not a string of $array: $_";
		$strings{$offset} = $string eq '' ? 'NULL' : "\"$string\"";
		$offset += 1 + length($string =~ s/\\(?:[0-7]{3}|.)/x/gr);
	}
	die "no empty string at the beginning of $array" unless $strings{0} eq 'NULL';
	return %strings;
}

# The output with the strings themselves in place of their offsets.
sub with_strings
{
	my ($out) = @_;
	my %texts = strings_of($out, 'catalog_texts');
	my %words = strings_of($out, 'variant_strings');
	my %names = strings_of($out, 'shape_strings');
	my $string = sub { my ($strings, $offset) = @_; return $strings->{$offset} // die "no string at offset $offset"; };
	my $range = qr/\{\d+, \d+\}/;
	my %row = (
		catalog_codes => [ \%texts, qr/^\t\{\.text_offset = \K\d+/m ],
		variant_words => [ \%words, qr/^\t\{\d+, \d+, \w+, \K\d+(?=\})/m ],
		shape_steps => [ \%names, qr/^\t\{\K\d+(?=, \w+, \w+, )/m ],
		shape_tests => [ \%names, qr/^\t\{$range, \w+, \w+, \w+, \K\d+(?=\})/m ],
		shape_lines => [ \%names, qr/^\t\{$range, $range, \d+, \K\d+/m ],
		shape_members => [ \%names, qr/^\t\K\d+/m ],
		shape_aliases => [ \%names, qr/^\t\{\K\d+/m ],
		payload_providers => [ \%names, qr/^\t\{\K\d+/m ]);
	while (my ($table, $strings_and_place) = each %row)
	{
		my ($strings, $place) = @$strings_and_place;
		my ($rows) = $out =~ /\b$table\[\w*\] = \{\n(.*?)\n\};/s or die "no $table";
		my $at = $-[1];
		substr $out, $at, length $rows, $rows =~ s/$place/$string->($strings, $&)/egr;
	}
	return $out;
}

# Runs the generator on the list of attributes and on files of these names and contents, the labels and messages first. Returns its
# exit code, stdout and stderr; C tables in stdout have strings in place of their offsets.
sub generate
{
	my (@files) = @_;
	my @paths;
	while (my ($name, $content) = splice @files, 0, 2)
	{
		push @paths, "$dir/$name";
		write_file($paths[-1], $content) if defined $content;
	}
	system("'$^X' '$generator' $for_readers '$attributes' @{[ map { \"'$_'\" } @paths ]} >'$dir/out' 2>'$dir/err'");
	my ($status, $out) = ($? >> 8, read_file("$dir/out"));
	return ($status, $status == 0 && !$for_readers ? with_strings($out) : $out, read_file("$dir/err"));
}

sub write_file
{
	my ($path, $content) = @_;
	open my $out, '>:raw', $path or die "$path: $!";
	print $out $content;
	close $out or die "$path: $!";
	return;
}

sub read_file
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in> // '';
}

# The line of a text's first occurrence of a part, counted from 1.
sub line_of
{
	my ($content, $part) = @_;
	my $at = index $content, $part;
	die "no \"$part\"" if $at < 0;
	return 1 + (substr($content, 0, $at) =~ tr/\n//);
}

# Are the good files, one of them changed from $old to $new, refused at the line where $at then stands, for a
# reason like $reason? $new stands for $at where that is not given.
sub refuses
{
	my ($name, $which, $old, $new, $reason, $at) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my %content = (labels => $labels, messages => $messages, alpha => $numbers, beta => $slugs);
	my $place = index $content{$which}, $old;
	die "$name: no \"$old\"" if $place < 0;
	substr $content{$which}, $place, length $old, $new;
	my $line = line_of($content{$which}, $at // $new);

	my ($status, $out, $err) =
	  generate(map { ("$_.txt", $content{$_}) } qw(labels messages alpha beta));
	subtest $name => sub {
		isnt($status, 0, 'fails');
		ok($out eq '', 'writes nothing');
		like($err, qr/\A\Q$dir\E\/$which\.txt:$line: .*$reason.*\n\z/, 'says where and why');
	};
	return;
}

# ---- Good files ----

my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $slugs);
is($status, 0, 'good files pass');
is($err, '', 'and nothing is complained of');
like($out, qr/^#define CATALOG_CODES 10$/m, 'all codes are there');
like($out, qr/"New text\."/, 'a text is there');
like($out, qr/"First meaning\. \| Second meaning\."/, 'several meanings are joined');
like($out, qr/"Old text # with a sharp, \\"quotes\\", a \\\\ and \\\?\\\?= in it\."/, 'a text is written as it is');
like($out, qr/"Our own words # with a sharp\."/, 'a text of ours is there');
like($out, qr/"ma\\303\\261ana|est\\303\\241 bien, ma\\303\\261ana/, 'a message is written in UTF-8');
unlike($out, qr/"words"/, 'comments are gone');
like($out, qr/\{\.text_offset = "alpha:200",.* \.code_id = 200\}/, 'a number is its id');
like($out, qr/\{\.text_offset = "alpha:201\/special",.* \.code_id = CATALOG_NO_CODE_ID\}/, 'a variant of a number needs no id');
like($out, qr/\{\.text_offset = "alpha:100200",.* \.code_id = 1001\}/, 'a larger number has the id that it is given');
like($out, qr/\{\.text_offset = "alpha:100200\/special",.* \.code_id = 1002\}/, 'and so has a variant of a number');
like($out, qr{"https://example\.com/#codes"}, 'a source may have a sharp');
like($out, qr/\.as_of = "2022-12-31", \.complete = true, \.codes = 4\}/, 'a source has a day and says that it is complete');
like($out, qr/\.as_of = "", \.complete = false, \.codes = 2\}/, 'or has none and says that it is not');
# The hash table has each code once and is half empty.
my ($buckets) = $out =~ /catalog_buckets\[CATALOG_BUCKETS\] = \{\n(.*?)\};/s;
my @buckets = $buckets =~ /\d+/g;
is(scalar @buckets, 32, 'the hash table has the next power of two of buckets');
is_deeply([ sort { $a <=> $b } grep { $_ > 0 } @buckets ], [ 1 .. 10 ], 'and each code in one of them');
my ($digest) = $out =~ /CATALOG_DIGEST (\S+)/;

# Severities go by their labels, not by the order of these.
my ($severities) = $out =~ /catalog_action_severities.*?= \{\n(.*?)\};/s;
is_deeply({ $severities =~ /\[(\d+)\] = (\d+)/g }, { 0 => 25, 1 => 10, 2 => 30, 3 => 20 }, 'each action has its severity');
like($out, qr/^#define ACTION_FIX_REQUEST 3$/m, 'and keeps its position');

# The order of the files doesn't matter for what the codes mean: ids do.
my ($status2, $out2) = generate('labels.txt', undef, 'messages.txt', undef, 'beta.txt', undef, 'alpha.txt', undef);
is($status2, 0, 'the files may come in any order');
my ($codes, $codes2) = map { [ /^\t\{\.text_offset = ("\w+:[^"]*")/mg ] } $out, $out2;
is(scalar @$codes, 10, 'codes are listed');
is_deeply($codes2, $codes, 'in the same order');

# A comment does not change the digest, by which servers compare their catalogs; a text does.
my ($comment) = (generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', "# a comment\n\n$numbers", 'beta.txt', undef))[1] =~ /CATALOG_DIGEST (\S+)/;
is($comment, $digest, 'a comment leaves the digest as it is');
my ($text) = (generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', $numbers =~ s/New text/New words/r, 'beta.txt', undef))[1] =~ /CATALOG_DIGEST (\S+)/;
isnt($text, $digest, 'another text changes it');
my ($message) = (generate('labels.txt', undef, 'messages.txt', $messages =~ s/All is well/All went well/r, 'alpha.txt', $numbers, 'beta.txt', undef))[1] =~ /CATALOG_DIGEST (\S+)/;
isnt($message, $digest, 'and so does another message');
my ($explained) = (generate('labels.txt', $labels =~ s/under way/not yet ended/r, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $slugs =~ s/has words/has slugs/r))[1] =~ /CATALOG_DIGEST (\S+)/;
is($explained, $digest, 'what explains a label or a provider does not');
generate('labels.txt', $labels, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', $slugs);

# A further language is lines in messages.txt alone.
{
	my $more = $messages =~ s/^(language es)/language pt-BR \xc3\xa3\n$1/mr;
	my ($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', $more, 'alpha.txt', $numbers, 'beta.txt', undef);
	isnt($status, 0, 'a language that a message lacks is refused');
	like($err, qr/messages\.txt:\d+: message "[a-z-]+" lacks pt-BR\n\z/, 'with the place and the reason');
	is($out, '', 'and nothing is written');
	$more =~ s/^(es .*)/$1\npt-BR Amanh\xc3\xa3./mg;
	($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', $more, 'alpha.txt', undef, 'beta.txt', undef);
	is("$status$err", '0', 'one that every message has is taken');
	my ($text) = $out =~ /\.(\w+) = TEXT_VALUE\("Amanh\\303\\243\."\),/;
	like($out, qr/\bchar tag_pt_BR\[6\];.*\.tag_pt_BR = "pt-BR",/s, 'its tag is there');
	like($out, qr/TEXT_MEMBER\($text, 8\);/, 'its text has room for its bytes');
	my $tables = () = $out =~ /\{\.tag = REF_TO_CONSTANT\(tag_pt_BR\), \.message = REF_TO_CONSTANT\($text\)\}/g;
	is($tables, 2, 'and stands beside the others');
}
{
	my ($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', $messages =~ s/^language en .*\n//mr =~ s/^en .*\n//mgr, 'alpha.txt', undef, 'beta.txt', undef);
	isnt($status, 0, 'messages without English are refused');
	is($out, '', 'and nothing is written');
	like($err, qr/\A\Q$dir\E\/messages\.txt: no language "en"\n\z/, 'and the reason is said');
}
generate('labels.txt', undef, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', undef);

# For readers.
{
	local $for_readers = '--document';
	my ($status, $out, $err) = generate(map { ($_, undef) } qw(labels.txt messages.txt alpha.txt beta.txt));
	is("$status$err", '0', 'the document is written');
	for my $part (
		'The compiled-in catalog has 6 codes of 2 providers, and 4 variants of them.',
		"| `progress` | under way |\n| `success` | ended well |\n| `request` | wrong |\n",
		"| `retry` | again | 30 |\n| `fix_request` | change it | 20 |\n| NULL | unknown | 25 |\n",
		"| [`alpha`](#alpha) | 4 | 2 | 2022-12-31 | yes |\n| [`beta`](#beta) | 2 | 2 |  | no |\n",
		"## alpha\n\nAlpha has numbers, #1 of all; \\*they\\* are documented.\n\n"
		  . "Source: <https://example.com/#codes> (as of 2022-12-31, complete: nothing is missing that the provider was known to send).\n\n",
		"first digit: 1 is `progress`, 2 is `success`.\n",
		"| `100` | New | New text. | `progress` | `none` | no | no |  |\n",
		"| `200` (deprecated) | Gone |  | `success` | `none` | no | yes |  |\n",
		"| `201` \\* (deprecated) | Own | Our own words # with a sharp. | `success` | `none` | no | yes |  |\n",
		"| `201/special` \\* | Special | A special meaning. | `request` | `fix_request` | no | yes |  |\n",
		"Source: pages of beta, and more (not complete).\n",
		"| `broken` | Broken | It is broken. | `request` | `retry` | yes | yes | 15 min |\n"
		  . "| `twofold` |  | one of its variants | `request` |  |  | yes |  |\n"
		  . "| `twofold/first` | First | First meaning. | `request` | `retry` | yes | yes | (10 min) |\n")
	{
		ok(index($out, $part) >= 0, 'the document has ' . ($part =~ /(.*)/)[0]) or diag $out;
	}
	($status, $out) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', "$slugs\nwrong\n");
	isnt($status, 0, 'a wrong file is refused');
	is($out, '', 'and nothing is written');
	write_file("$dir/beta.txt", $slugs);
}

# Accented letters in comments are nobody's business.
($status) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', "# caf\xc3\xa9\n$numbers", 'beta.txt', undef);
is($status, 0, 'comments may hold anything');

# The catalog itself.
my @catalog = sort glob 'src/catalog/*.txt';
is( system(
		"'$^X' '$generator' '$attributes' src/catalog/labels.txt src/catalog/messages.txt @{[ grep { !/labels|messages/ } @catalog ]} "
		  . ">'$dir/out' 2>'$dir/err'"),
	0, 'the catalog passes');
is(read_file("$dir/err"), '', 'and nothing is complained of');

# ---- Bad files ----

# attribute_list.h
{
	my $list = read_file($attributes);
	local $attributes = "$dir/attribute_list.h";
	for my $case (
		[ 'an attribute of an unknown kind', 'ATTRIBUTE(extra, TEXTS, code_extra)', 'unknown kind "TEXTS"' ],
		[ 'an attribute twice', 'ATTRIBUTE(title, TEXT, code_extra)', 'duplicate attribute "title"' ],
		[ 'a malformed attribute', 'ATTRIBUTE(extra)', 'malformed attribute: ATTRIBUTE\(extra\)' ],
		[ 'an attribute over two lines', "ATTRIBUTE(extra,\n\tTEXT, code_extra)", 'malformed attribute: ATTRIBUTE\(extra,' ])
	{
		my ($name, $line, $reason) = @$case;
		write_file($attributes, "$list$line\n");
		my ($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', undef);
		subtest $name => sub {
			isnt($status, 0, 'fails');
			ok($out eq '', 'writes nothing');
			like($err, qr/\A\Q$attributes\E:${\(1 + $list =~ tr{\n}{})}: $reason/, 'says where and why');
		};
	}
	write_file($attributes, "${list}ATTRIBUTE(variant, TEXT, code_extra)\n");
	my ($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', undef);
	isnt($status, 0, 'an attribute with the name of a keyword is refused');
	like($err, qr/"variant" is another keyword/, 'and the reason is said');

	# one more of each kind, and nothing else changes
	write_file($attributes, $list . <<'END');
/* a comment */
ATTRIBUTE(manual_url, TEXT, code_manual_url)
CATALOG_ATTRIBUTE(pause, INTERVAL)
ATTRIBUTE(urgent, BOOLEAN, is_urgent)
CATALOG_ATTRIBUTE(odd, MARK)
CATALOG_ATTRIBUTE(rest, MINUTES)
CATALOG_ATTRIBUTE(phase, STAGE)
ATTRIBUTE(remedy, ACTION, code_remedy)
END
	my $lines = "manual_url https://example.com/a#b\npause 5 s\nurgent yes\nodd yes\nrest 2 h\nphase 3.1\nremedy retry\n";
	my $more = $slugs =~ s/^(id          2\nuser_message broken\nvariant first\n)/$1$lines/mr;
	($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', $more);
	is("$status$err", '0', 'further attributes are taken');
	my ($url) = $out =~ m{\.(\w+) = TEXT_VALUE\("https://example\.com/a#b"\),};
	like($out, qr/\.manual_url = REF_TO_CONSTANT\($url\), \.pause = REF_TO_CONSTANT\(interval_5_s\), \.urgent = TRI_TRUE, \.odd = TRI_TRUE, \.rest = 120, \.phase = STAGE\(3, 1\), \.remedy = 2, /,
		'and written');
	like($out, qr/\.manual_url = \{NULL\}, \.pause = \{NULL\}, \.urgent = TRI_UNKNOWN, \.odd = TRI_UNKNOWN, \.rest = 0, \.phase = 0, \.remedy = 0, /,
		'and left open where they are not given');
	generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', $slugs);
}

# labels.txt
refuses('an unknown kind of label', 'labels', 'action none', 'colour none', 'expected "category" or "action", found "colour"');
refuses('a malformed label', 'labels', 'action none', 'action None', 'malformed label "None"');
refuses('a label of two words', 'labels', 'category request', 'category re quest', 'expected 1 words, found "re quest"');
refuses('a label that is not explained', 'labels', 'category request | wrong', 'category request', '"request" lacks what it means', "category request\n");
refuses('an unknown action that is not explained', 'labels', ' | unknown', '', '"-" lacks what it means', "action - 25\n");
refuses('a label with an empty explanation', 'labels', '| wrong', '|', 'empty text', 'category request');
refuses('an action of two words', 'labels', 'action none', 'action no thing', 'expected 2 words, found "no thing 10"');
refuses('a duplicate label', 'labels', 'action retry', 'action none', 'duplicate action "none"', "action none 30");
refuses('a duplicate category', 'labels', 'category success', 'category progress', 'duplicate category "progress"', 'category progress | ended');
refuses('a category that is unknown', 'labels', 'category request', 'category -', 'malformed label "-"');
refuses('an action without severity', 'labels', 'action retry 30', 'action retry', 'expected 2 words, found "retry"', 'action retry |');
refuses('a category with a severity', 'labels', 'category request', 'category request 10', 'expected 1 words');
refuses('a severity that is no number', 'labels', 'action retry 30', 'action retry bad', 'from 1 to 99, found "bad"');
refuses('severity 0', 'labels', 'action retry 30', 'action retry 0', 'from 1 to 99, found "0"');
refuses('a severity that is too large', 'labels', 'action retry 30', 'action retry 100', 'from 1 to 99, found "100"');
refuses('a severity twice', 'labels', 'action retry 30', 'action retry 10', 'duplicate severity 10: action "none" has it');
refuses('the severity of the unknown action twice', 'labels', 'action retry 30', 'action - 30', 'duplicate action "-"', "action - 25");
{
	my ($status, $out, $err) = generate('labels.txt', $labels =~ s/^action - .*\n//mr, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $slugs);
	isnt($status, 0, 'labels without a severity of the unknown action are refused');
	is($out, '', 'and nothing is written');
	like($err, qr/\A\Q$dir\E\/labels\.txt: no severity of the unknown action "-"\n\z/, 'and the reason is said');
}

# messages.txt
refuses('a malformed message', 'messages', 'message broken', 'message Broken', 'malformed message "Broken"');
refuses('a message twice', 'messages', 'message broken', 'message all-well', 'duplicate message "all-well"', "message all-well\nen Something");
refuses('a message of two words', 'messages', 'message broken', 'message is broken', 'expected 1 words');
refuses('an unknown language', 'messages', 'en Something', 'fr Something', 'unknown keyword "fr"');
refuses('a language without letters', 'messages', 'language en -', 'language en', 'expected 2 words', "language en\n");
refuses('a language of three words', 'messages', 'language en -', 'language en - -', 'expected 2 words');
refuses('a malformed language', 'messages', 'language en -', 'language EN -', 'malformed language "EN"');
refuses('a language with a malformed region', 'messages', 'language en -', 'language en-us -', 'malformed language "en-us"');
refuses('a language given twice', 'messages', 'language es', "language en -\nlanguage es", 'duplicate language en', "language en -\nlanguage es");
refuses('English with letters of its own', 'messages', 'language en -', "language en \xc3\xa9", 'language en is written in plain ASCII');
refuses('a language with what is no letter', 'messages', 'language es ', "language es \xc2\xbf", 'not letters');
refuses('a language that is no UTF-8', 'messages', 'language es ', "language es \xf3", 'not in UTF-8');
refuses('a language behind a message', 'messages', 'message broken', "language fr -\nmessage broken", 'languages must come before messages', 'language fr');
refuses('a language twice', 'messages', 'en Something', "en Some\nen Something", 'duplicate en of message "broken"', 'en Something');
refuses('a message without English', 'messages', "en Something broke.\n", '', 'message "broken" lacks en', 'message broken');
refuses('a message without Spanish', 'messages', "es Algo se rompi\xc3\xb3.\n", '', 'message "broken" lacks es', 'message broken');
refuses('a text before any message', 'messages', 'message all-well', 'en All', 'must come after its message');
refuses('an empty message', 'messages', 'en Something broke.', 'en ', 'empty text', "en \n");
refuses('a message with two blanks', 'messages', 'Something broke', 'Something  broke', 'double space');
refuses('a message that is too long', 'messages', 'Something broke', 'Something broke' x 12, 'longer than 160 bytes');
refuses('English beyond ASCII', 'messages', 'Something broke', "Something \xe2\x80\x99s broken", 'not plain ASCII');
refuses('Spanish with letters of another language', 'messages', "rompi\xc3\xb3", "rompi\xc3\xa7", 'not in the letters of language es');
refuses('Spanish with an opening mark', 'messages', 'Algo', "\xc2\xbfAlgo", 'not in the letters of language es');
refuses('Spanish that is no UTF-8', 'messages', "rompi\xc3\xb3", "rompi\xf3", 'not in UTF-8');
refuses('a name of a message beyond ASCII', 'messages', 'message broken', "message brok\xc3\xa9n", 'not plain ASCII');
refuses('Spanish in a provider\'s file', 'alpha', 'retryable   no', "es \xc3\xa9", 'unknown keyword "es"');
refuses('a message of no code', 'messages', 'message broken', "message spare\nen Spare.\nes Sobra.\nmessage broken", 'no code has message "spare"', 'message spare');
refuses('an unknown message', 'alpha', 'user_message all-well', 'user_message unwell', 'unknown message "unwell"');

# a provider that came after the ids were settled
{
	(my $later = $slugs) =~ s/slugs 2/slugs -/;
	$later =~ s/^id .*\n//mg;
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $later);
	is("$status$err", '0', 'a provider without id is taken');
	like($out, qr/\{\.text_offset = "beta:broken",.* \.code_id = CATALOG_NO_CODE_ID\}/, 'and its codes have no ids');
	unlike($out, qr/\] = \{\.name = "beta", /, 'and it is none of those that have');
}

# a code whose variants are all the vendor's is the vendor's, too
{
	my $meaning = "category request\naction none\nretryable no\nterminal yes\nuser_message broken\nvendor - | - | A meaning.\n";
	my $ours = "$slugs\ncode ours\nuser_message broken\nvariant one\n${meaning}variant other\n$meaning";
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $ours);
	is("$status$err", '0', 'a code that has but variants of the vendor is taken');
	like($out, qr/\{\.text_offset = "beta:ours", .*\.undocumented = true, \.variants = 2, \.code_id = CATALOG_NO_CODE_ID\}/, 'and is the vendor\'s');
	like($out, qr/\{\.text_offset = "beta:twofold", .*\.undocumented = false, \.variants = 2, /, 'unlike one of a document');
}

# one category more than there are bits for
{
	my $many = $labels . join '', map { "category c$_ | more\n" } 'a' .. 'p';
	my ($status, $out, $err) = generate('labels.txt', $many, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $slugs);
	isnt($status, 0, 'too many categories are refused');
	like($err, qr/labels\.txt:\d+: there are 15 of a kind at most/, 'with the place and the reason');
}

# the head of a provider's file
refuses('a second provider in a file', 'alpha', 'class 1', "provider gamma numbers 3\nclass 1", 'one provider', 'provider gamma');
refuses('a malformed provider', 'alpha', 'provider alpha', 'provider Alpha', 'malformed provider "Alpha"');
refuses('a provider whose numbers are too long', 'alpha', 'provider alpha', 'provider ' . 'a' x 123, 'may be longer than 126 bytes', 'provider a');
refuses('a provider of something else', 'beta', 'provider beta slugs', 'provider beta words', 'expected "numbers" or "slugs", found "words"');
refuses('a provider without id', 'beta', 'provider beta slugs 2', 'provider beta slugs', 'expected 3 words');
refuses('numbers without id', 'alpha', 'numbers 1', 'numbers -', 'numbers need an id');
refuses('an id that is no number', 'beta', 'slugs 2', 'slugs x', 'found "x"');
refuses('id 0', 'alpha', 'numbers 1', 'numbers 0', 'from 1 to 63, found "0"');
refuses('an id that is too large', 'beta', 'slugs 2', 'slugs 64', 'from 1 to 63, found "64"');
refuses('an id that is taken', 'beta', 'slugs 2', 'slugs 1', 'id 1 is taken');
refuses('ids that are not in the order of the names', 'beta', 'provider beta', 'provider aa', 'order of the providers\' names');
refuses('one name for two providers', 'beta', 'provider beta', 'provider alpha', 'order of the providers\' names');
refuses('a provider that is not explained', 'beta', "about Beta has words.\n", '', 'provider "beta" has no about', 'provider beta');
refuses('an empty explanation', 'beta', 'about Beta has words.', 'about', 'empty text', "about\n");
refuses('a second explanation', 'alpha', 'class 1', "about x\nclass 1", 'duplicate about', 'about x');
refuses('a provider without source', 'beta', "source pages of beta, and more | - | incomplete\n", '', 'provider "beta" has no source', 'provider beta');
refuses('a second source', 'alpha', 'class 1', "source x | - | complete\nclass 1", 'duplicate source', 'source x');
refuses('a source without text', 'beta', 'source pages of beta, and more', 'source -', 'expected what the source is');
refuses('a source without day', 'beta', '| - | incomplete', '| incomplete', 'expected: source TEXT \| DATE \| EXTENT', 'source');
refuses('a source of no such day', 'alpha', '| 2022-12-31 |', '| 2022-12-32 |', 'malformed date "2022-12-32"');
refuses('a source of another extent', 'beta', '| incomplete', '| partial', 'expected "complete" or "incomplete", found "partial"');
refuses('a source of no extent', 'beta', '| incomplete', '| -', 'expected "complete" or "incomplete", found "-"', '| - | -');
refuses('something before the provider', 'alpha', 'provider alpha numbers 1', "code 100\nprovider alpha numbers 1", 'names the provider', 'code 100');
refuses('a document twice', 'alpha', 'document alpha-new', 'document alpha-old', 'duplicate document "alpha-old"', 'document alpha-old 2021');
refuses('one document of two providers', 'beta', 'document beta', 'document alpha-old', 'duplicate document "alpha-old"');
refuses('a document without date', 'beta', 'document beta -', 'document beta', 'expected 2 words');
refuses('a date in another form', 'alpha', '2021-02-28', '28.2.2021', 'malformed date');
refuses('a date that is none', 'alpha', '2021-02-28', '2021-02-30', 'date');
refuses('documents that are not oldest first', 'alpha', '2021-02-28', '2019-02-28', '');
refuses('a class of words', 'beta', 'document beta -', "document beta -\nclass 1 progress no", 'only numbers have classes', 'class 1');
refuses('a class that is none', 'alpha', 'class 2', 'class 6', 'from 1 to 5, found "6"');
refuses('a class twice', 'alpha', 'class 2', 'class 1', 'duplicate class 1', 'class 1 success');
refuses('a class of an unknown category', 'alpha', 'class 2 success', 'class 2 successful', 'unknown category "successful"; there are: progress, success, request');
refuses('a class that neither ended nor goes on', 'alpha', 'class 2 success yes', 'class 2 success perhaps', 'expected yes or no, found "perhaps"');

# codes and variants
refuses('a code twice', 'alpha', 'code 200', 'code 100', 'duplicate code "alpha:100"', "code 100\ncategory    success");
refuses('a variant twice', 'beta', 'variant second', 'variant first', 'duplicate code "beta:twofold/first"', "variant first\nid          4");
refuses('a malformed code', 'beta', 'code broken', 'code bro/ken', 'malformed code "bro/ken"');
refuses('a code of two words', 'beta', 'code broken', 'code bro ken', 'expected 1 words');
refuses('a code without name', 'beta', 'code broken', 'code', 'expected 1 words', "code\n");
refuses('a code that begins with a sign', 'beta', 'code broken', 'code -broken', 'malformed code "-broken"');
refuses('a code that is too long', 'beta', 'code broken', 'code ' . 'b' x 122, 'longer than 126 bytes');
refuses('a malformed variant', 'beta', 'variant first', 'variant fir:st', 'malformed variant "fir:st"');
refuses('a variant before any code', 'beta', 'code broken', 'variant broken', 'a variant must come after its code');
refuses('a number with a leading zero', 'alpha', 'code 200', 'code 0200', 'numbers of at most 9 digits, without leading zeros, not "0200"');
refuses('a number that is too large', 'alpha', 'code 200', 'code 1234567890', 'numbers of at most 9 digits, .* not "1234567890"');
refuses('a word among numbers', 'alpha', 'code 200', 'code two', 'numbers of at most 9 digits, .* not "two"');
refuses('an attribute before any code', 'alpha', 'class 1', "terminal no\nclass 1", '"terminal" must come after its code', 'terminal no');
refuses('an unknown keyword', 'alpha', 'terminal    yes', 'terminate   yes', 'unknown keyword "terminate"');

# ids
refuses('an id twice', 'beta', 'id          2', 'id          1', 'duplicate id 1: "beta:broken" has it', "id          1\nuser_message broken\nvariant");
refuses('id 0', 'beta', 'id          1', 'id          0', 'from 1 to 1023, found "0"');
refuses('an id that is too large', 'beta', 'id          1', 'id          1024', 'from 1 to 1023, found "1024"');
refuses('an id that is no number', 'beta', 'id          1', 'id          one', 'found "one"');
refuses('a second id', 'beta', 'id          1', "id          1\nid          9", 'has an id already', 'id          9');
refuses('an id of a number', 'alpha', "code 200\n", "code 200\nid 5\n", 'a number is its id', 'id 5');
refuses('an id of a number\'s variant that is a number\'s', 'alpha', "code 200\n", "code 200\nvariant x\nid 999\n", 'from 1000 to 1023, found "999"', 'id 999');
refuses('an id of a larger number that is a number\'s', 'alpha', "id          1001\n", "id          999\n", 'from 1000 to 1023, found "999"', 'id          999');
refuses('an id of a larger number that is too large', 'alpha', "id          1001\n", "id          1024\n", 'from 1000 to 1023, found "1024"', 'id          1024');
refuses('one id of two larger numbers', 'alpha', "id          1002\n", "id          1001\n", 'duplicate id 1001: "alpha:100200" has it', "id          1001\ncategory    request\naction      fix_request\nretryable   no\nterminal    yes\nuser_message broken\nvendor - | Large and");
refuses('an id of a provider without id', 'beta', 'slugs 2', 'slugs -', 'without an id has no codes with one', 'id          1');

# attributes
refuses('an unknown category', 'alpha', 'category    success', 'category    sucess', 'unknown category "sucess"');
refuses('an unknown action', 'alpha', 'action      none', 'action      nothing', 'unknown action "nothing"; there are: none, retry, fix_request');
refuses('a category for an action', 'alpha', 'action      none', 'action      success', 'unknown action "success"');
refuses('neither yes nor no', 'alpha', 'retryable   no', 'retryable   maybe', 'expected yes or no, found "maybe"');
refuses('an attribute without value', 'alpha', 'retryable   no', 'retryable', 'expected yes or no', "retryable\n");
refuses('an attribute twice', 'alpha', 'retryable   no', "retryable   no\nretryable   yes", 'duplicate retryable of "alpha:100"', 'retryable   yes');
for my $attribute (qw(category action retryable terminal user_message))
{
	$numbers =~ /^code 100\n(?:.*\n)*?($attribute +.*\n)/m or die;
	refuses("a code without $attribute", 'alpha', $1, '', "\"alpha:100\" lacks $attribute", 'code 100');
}
refuses('a wait without unit', 'beta', '15 min', '15', 'expected 2 words');
refuses('a wait of an unknown unit', 'beta', '15 min', '15 d', 'expected s, min or h, found "d"');
refuses('a wait of nothing', 'beta', '15 min', '0 min', 'from 1 to 999, found "0"');
refuses('a wait that is no whole number', 'beta', '15 min', '1.5 min', 'found "1.5"');
refuses('a wait of what is not retryable', 'beta', 'retryable   yes', 'retryable   no', 'names a wait, but is not retryable', 'code broken');

refuses('a delay of what is not retryable', 'beta', "retryable   no\n", "retryable   no\ndelay 5 min\n", 'names a wait, but is not retryable', 'variant second');
refuses('two waits', 'beta', 'retry_after 15 min', "retry_after 15 min\ndelay 5 min", 'has both retry_after and delay', 'code broken');
refuses('a delay of parts of a minute', 'beta', '10 min', '90 s', 'expected whole minutes, found "90 s"');
refuses('a malformed stage', 'alpha', 'stage       2.1', 'stage       2.10', 'found "2.10"');
refuses('stage 0', 'alpha', 'stage       2.1', 'stage       0', 'found "0"');
refuses('a stage of what has ended', 'alpha', "stage       2.1\n", "stage 2\nterminal yes\n", 'duplicate terminal', "terminal yes");
refuses('a stage after the end', 'alpha', "code 200\n", "code 200\nstage 3\n", 'has a stage, but is terminal', 'code 200');

# rows
refuses('a row of an unknown document', 'beta', 'row beta', 'row gamma', 'has no document "gamma"');
refuses('a row of another provider\'s document', 'beta', 'row beta', 'row alpha-new', 'has no document "alpha-new"');
refuses('a row with too few texts', 'beta', 'row beta | - | - | Broken', 'row beta | - | Broken', 'expected: row DOCUMENT');
refuses('a row with too many texts', 'beta', 'row beta | - | - | Broken', 'row beta | - | - | - | Broken', 'expected: row DOCUMENT');
refuses('a row without texts', 'beta', 'row beta | - | - | Broken | It is broken.', 'row beta', 'expected: row DOCUMENT', "row beta\n");
refuses('an empty text', 'beta', '| Broken | It', '|  | It', '', 'row beta');
refuses('an empty text at the end', 'beta', '| It is broken.', '| ', '', 'row beta');
refuses('no text at the end', 'beta', '| It is broken.', '|', '', 'row beta');
refuses('a document without name', 'beta', 'row beta | - | - | Broken', 'row - | - | - | Broken', 'has no document "-"');
refuses('texts of ours for a code that a document has', 'beta', 'row beta | - | - | Broken | It', "vendor - | - | It\nrow beta | - | - | Broken | It",
	'has both row and vendor', 'code broken');
refuses('a code that is said not to be deprecated', 'alpha', 'deprecated  yes', 'deprecated  no', 'expected yes, found "no"');
refuses('texts of ours twice', 'alpha', 'vendor - | Special', "vendor - | - | X\nvendor - | Special", 'duplicate vendor', 'vendor - | Special');
refuses('texts of ours that are too few', 'alpha', 'vendor - | Special | A', 'vendor Special | A', 'expected: vendor NAME');
refuses('no description', 'alpha', '| A special meaning.', '| -', 'a description is missing', 'vendor - | Special');
refuses('a documented code said to be deprecated', 'beta', "retryable   yes\n", "retryable   yes\ndeprecated yes\n",
	'the documents say whether it is deprecated', 'code broken');
refuses('a text with two blanks', 'beta', 'It is broken.', 'It is  broken.', 'double space');
refuses('a text beyond ASCII', 'beta', 'It is broken.', "It isn\xe2\x80\x99t whole.", 'not plain ASCII');
refuses('a text with a tab', 'beta', 'It is broken.', "It\tis broken.", 'not plain ASCII');
refuses('a label beyond ASCII', 'beta', 'category    request', "category    requ\xc3\xaate", 'not plain ASCII');

# meanings
refuses('a code without rows', 'alpha', "row alpha-old | Section | Gone | - | -\n", '', 'has neither row, vendor nor two variants', 'code 200');
refuses('a code with one variant and no rows', 'beta', 'variant second', 'code second', 'has neither row, vendor nor two variants', 'code twofold');
refuses('a code that decides for its variants', 'beta', "id          2\n", "id          2\ncategory    request\n",
	'its variants decide', 'code twofold');
refuses('a code whose variants have different messages', 'beta', "id          2\nuser_message broken\n", "id          2\n",
	'lacks user_message: its variants', 'code twofold');
refuses('a variant without rows', 'beta', "row beta | - | - | Second | Second meaning.\n", '', 'has neither row, vendor nor two variants', 'variant second');

# shapes of payloads
my $shapes = <<'END';

reported 100 200
variant_detail detail words
shape one of many
when  id !type
when  status:number
in    list[kind=job].items[] last
in    .
take  code as beta if !kind error.code!=none
else  error.code known
otherwise status

END
sub refuses_shape
{
	my ($name, $old, $new, $reason, $at) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	(my $lines = $shapes) =~ s/\Q$old\E/$new/ or die "$name: no \"$old\"";
	refuses($name, 'alpha', "class 2 success yes\n", "class 2 success yes\n$lines", $reason, $at // $new);
	return;
}
{
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages,
		'alpha.txt', $numbers =~ s/class 2 success yes\n/class 2 success yes\n$shapes/r, 'beta.txt', $slugs);
	is("$status$err", '0', 'a shape is taken');
	my ($payloads) = $out =~ /#ifdef PAYLOAD_TABLES(.*)#endif/s;
	like($payloads, qr/\{"alpha", true, 100, 200, \{0, 1\}, \{0, 0\}, \{\{0, 0\}, \{0, 0\}, \{0, 2\}\}, \{0, 0\}\}/, 'its provider is there');
	like($payloads, qr/\{"beta", false, -1, -1, \{0, 0\}, /, 'and so is one without shapes');
	like($payloads, qr/shape_items\[\] = \{\n\t\{\{\d+, 2\}, ITEMS_LAST\},\n\t\{\{0, 0\}, ITEMS_FIRST\},\n\}/, 'its items are there');
	like($payloads, qr/shape_lines\[\] = \{\n\t\{\{\d+, 1\}, \{\d+, 2\}, 1, NULL, false, false, false\},\n\t\{\{\d+, 2\}, \{0, 0\}, 0, NULL, true, true, false\},\n\t\{\{\d+, 1\}, \{0, 0\}, 0, NULL, true, false, false\},\n\}/,
		'its lines are there');
	like($payloads, qr/\{"list", true, false, \{\d+, 1\}\},\n\t\{"items", true, false, \{0, 0\}\}/, 'its steps are there');
	my (undef, $extended) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt',
		$numbers =~ s/class 2 success yes\n/class 2 success yes\n@{[ $shapes =~ s{items\[\]}{items*}r ]}/r, 'beta.txt', $slugs);
	like($extended, qr/\{"items", true, true, \{0, 0\}\}/, 'elements of what may be no array');
	like($payloads, qr/TEST_WORD, true, JSON_STRING, "none"\}/, 'a word is there');
	like($payloads, qr/TEST_TYPE, false, JSON_NUMBER, NULL\}/, 'a type is there');
}
refuses_shape('a malformed path', 'take  code as', 'take  code..x as', 'malformed path "code..x"', 'take  code..x');
refuses_shape('a path that ends in a dot', 'else  error.code', 'else  error.', 'malformed path "error."', 'else  error. known');
refuses_shape('a path with an open bracket', 'items[]', 'items[', 'malformed path', 'in    list');
refuses_shape('a path of elements of elements', 'items[]', 'items[][]', 'malformed path', 'in    list');
refuses_shape('elements of the value itself within a path', 'items[]', '[]', 'malformed path', 'in    list');
refuses_shape('a path that is too long', 'else  error.code', 'else  a.b.c.d.e.f.g.h.i', '8 steps at most');
refuses_shape('no path', 'else  error.code known', 'else', 'a path is missing', "else\n");
refuses_shape('no items', 'in    .', 'in', 'expected a path', "in\n");
refuses_shape('unknown items', 'in    .', 'in . first', 'expected a path, and "last" or "job"');
refuses_shape('the last of what are no elements', 'in    .', 'in a.b last', 'only elements have a last one');
refuses_shape('the steps of a job that are no array', 'in    .', 'in a.b job', 'only elements have');
refuses_shape('an array that may be none, with brackets', 'items[]', 'items[]*', 'malformed path', 'in    list');
refuses_shape('an array that may be none, without a name', 'items[]', '*', 'malformed path', 'in    list');
refuses_shape('the steps of a job that may be no array', 'in    .', 'in a* job', 'all elements of one array');
refuses_shape('the steps of many jobs', 'in    .', 'in a[].b[] job', 'all elements of one array');
refuses_shape('some steps of a job', 'in    .', 'in a[b] job', 'all elements of one array');
refuses_shape('a malformed condition', 'id !type', 'id type==x', 'malformed condition "type==x"', 'when  id type==x');
refuses_shape('a condition on elements', 'id !type', 'id type[]', 'malformed condition "type\[\]"', 'when  id type[]');
refuses_shape('an unknown type', 'status:number', 'status:integer', 'malformed condition "status:integer"', 'when  status:integer');
refuses_shape('no condition', 'id !type', '', 'expected conditions', "when  \n");
refuses_shape('no condition after if', 'if !kind error.code!=none', 'if', 'expected conditions', 'take  code as beta if');
refuses_shape('an unknown word', 'error.code known', 'error.code unknown', 'expected "as PROVIDER".*found "unknown"', 'else  error.code unknown');
refuses_shape('a word twice', 'error.code known', 'error.code known known', 'found "known"', 'else  error.code known known');
refuses_shape('an unknown provider', 'as beta', 'as gamma', 'unknown provider "gamma"', 'take  code as gamma');
refuses_shape('no variant', 'error.code known', 'error.code variant', 'found "variant"', 'else  error.code variant');
refuses_shape('a variant twice', 'error.code known', 'error.code variant other variant other', 'found "variant"', 'else  error.code variant other variant other');
refuses_shape('an unknown variant', 'error.code known', 'error.code variant other', 'no code of "alpha" has a variant "other"', 'else  error.code variant other');
refuses_shape('a variant that another provider has not', 'code as beta', 'code as beta variant other', 'no code of "beta" has a variant "other"', 'take  code as beta variant other');
refuses_shape('a job without its shape', 'else  error.code known', 'else  steps job', 'no shape is that of a job');
refuses_shape('a job in a job', "in    .\n", "in    steps[] job\ntake  more job\n", 'a job has no jobs in it', 'take  more job');
refuses_shape('two shapes of jobs', "in    .\n", "in    steps[] job\ntake  x\nshape another\nin    y[] job\n", 'one shape of jobs at most', 'shape another');
refuses_shape('else before take', "take  code as", "else  code as", '"else" must come after "take"', 'else  code as');
refuses_shape('a shape without codes', "take  code as beta if !kind error.code!=none\nelse  error.code known\n", '', '"take" is missing', 'shape one of many');
refuses_shape('a line outside a shape', "shape one of many\n", '', '"when" must come after its shape', 'when  id');
refuses_shape('a shape without name', 'shape one of many', 'shape', 'empty text', "shape\n");
refuses_shape('a malformed member', 'detail words', 'detail wo.rds', 'malformed member "wo.rds"', 'variant_detail detail wo.rds');
refuses_shape('no member', 'variant_detail detail words', 'variant_detail', 'expected names of members', "variant_detail\n");
refuses_shape('members twice', 'variant_detail detail words', "variant_detail detail\nvariant_detail words", 'duplicate variant_detail', 'variant_detail words');
refuses_shape('a range without end', 'reported 100 200', 'reported 100', 'expected 2 words', "reported 100\n");
refuses_shape('a range that is empty', 'reported 100 200', 'reported 200 100', 'from 200 to 999, found "100"');
refuses_shape('a range twice', 'reported 100 200', "reported 100 200\nreported 1 2", 'duplicate reported', 'reported 1 2');
refuses('a range of words', 'beta', "document beta -\n", "document beta -\nreported 1 2\n", 'only numbers have a range', 'reported 1 2');
refuses('an attribute in a shape', 'beta', "code broken\n", "shape x\nterminal yes\ntake y\ncode broken\n", '"terminal" must come after its code', "terminal yes\ntake");
refuses('a variant after a shape', 'beta', "variant first\n", "shape x\ntake y\nvariant first\n", 'a variant must come after its code', 'variant first');

# aliases and details
refuses('an alias that is a code', 'beta', "id          1\n", "id          1\nalias twofold\n", '"beta:twofold" is a code', 'alias twofold');
refuses('an alias twice', 'beta', "id          1\n", "id          1\nalias x y\nalias x y\n", 'duplicate alias "x y"', "alias x y\ncategory");
refuses('an alias with two stars', 'beta', "id          1\n", "id          1\nalias a*b*c\n", 'one \* at most', 'alias a');
refuses('an alias of a variant', 'beta', "id          3\n", "id          3\nalias x\n", 'a variant has no alias', 'alias x');
refuses('an empty alias', 'beta', "id          1\n", "id          1\nalias\n", 'empty text', "alias\n");
refuses('a detail of a code', 'beta', "id          1\n", "id          1\ndetail Broken\n", 'only a variant can have a detail', 'detail Broken');
refuses('an empty detail', 'beta', "id          3\n", "id          3\ndetail\n", 'empty text', "detail\n");
refuses('a detail of two variants', 'beta', "id          4\n", "id          4\ndetail FIRST meaning\n", 'detail "FIRST meaning" identifies "beta:twofold/first" as well', 'detail FIRST');
refuses('a detail of two variants in another spelling', 'beta', "id          4\n", "id          4\ndetail first-meaning\n", 'detail "first-meaning" identifies "beta:twofold/first" as well', 'detail first');
refuses('a detail of a later variant', 'beta', "id          3\n", "id          3\ndetail Second meaning.\n", 'identifies "beta:twofold/second" as well', 'detail Second');
refuses('a variant that has ended or not', 'beta', "id          3\ncategory    request\naction      retry\nretryable   yes\ndelay       10 min\nterminal    yes",
	"id          3\ncategory    request\naction      retry\nretryable   yes\ndelay       10 min\nterminal    unknown", 'expected yes or no, found "unknown"', 'terminal    unknown');

# what tells variants: words of documents, titles only where they are one variant's alone and not the code once more
{
	my $words = $slugs =~ s/id          4\n/id          4\ndetail Another  word.\n/r =~ s/  word/ word/r
	  =~ s/code twofold/code Two-Fold/r =~ s/row beta \| - \| - \| First/row beta | - | - | Two fold./r
	  =~ s/row beta \| - \| - \| Second/row beta | - | - | SECOND one./r;
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $words);
	is("$status$err", '0', 'details are taken');
	my ($rows) = $out =~ /variant_words\[\] = \{\n(.*?)\};/s;
	is($rows =~ s/\{\d+, \d+, //gr =~ s/\t//gr, join('', map { "$_,\n" } 'WORDS_DETAIL, "First meaning."}', 'WORDS_TITLE, "SECOND one."}', 'WORDS_DETAIL, "Another word."}', 'WORDS_DETAIL, "Second meaning."}'),
		'and so are the words of documents');
	my $shared = $words =~ s/\| Broken \|/| Second one |/r;
	($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', $shared);
	unlike($out, qr/WORDS_TITLE/, 'a title of another code tells nothing');
	my $same = $words =~ s/Second meaning/first  Meaning/r =~ s/first  M/first M/r;
	($status, $out, $err) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', undef, 'beta.txt', $same);
	unlike($out, qr/WORDS_DETAIL, "first meaning/i, 'and neither does a description of two variants');
}

# ---- Files that are no catalog ----

for my $case (
	[ 'an empty file', 'empty.txt', '', qr/empty\.txt: no provider/ ],
	[ 'a file of comments', 'comments.txt', "# nothing\n\n", qr/comments\.txt: no provider/ ],
	[ 'a file that is not there', 'missing.txt', undef, qr/missing\.txt/ ])
{
	my ($name, $file, $content, $reason) = @$case;
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, $file, $content);
	subtest $name => sub {
		isnt($status, 0, 'fails');
		ok($out eq '', 'writes nothing');
		like($err, $reason, 'says why');
	};
}
for my $case ([ 'no file at all' ], [ 'labels alone', 'labels.txt', $labels ],
	[ 'no provider', 'labels.txt', $labels, 'messages.txt', $messages ])
{
	my ($name, @files) = @$case;
	my ($status, $out, $err) = generate(@files);
	subtest $name => sub {
		isnt($status, 0, 'fails');
		ok($out eq '', 'writes nothing');
		like($err, qr/usage/, 'says how');
	};
}

done_testing();
